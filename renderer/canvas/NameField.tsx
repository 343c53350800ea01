import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { NodeId } from '../../shared/graph/graph';
import { renameNode } from '../commands/renaming';
import { useSession } from '../state/session';
import { focusAll } from './focusAll';

/** A layer's name while it is edited in its place; Enter keeps it, Escape leaves it as it was. */
export function NameField({ id, name }: { readonly id: NodeId; readonly name: string }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => focusAll(field.current), []);
  const end = (keep: boolean) => {
    const text = field.current?.value ?? name;
    if (useSession.getState().renaming === id) useSession.getState().setRenaming(null);
    if (keep) renameNode(id, text);
  };
  const key = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') end(true);
    if (event.key === 'Escape') end(false);
  };
  return (
    <input
      ref={field}
      defaultValue={name}
      aria-label={`Name of ${name}`}
      maxLength={200}
      spellCheck={false}
      className="layer-name-field nodrag"
      onKeyDown={key}
      onBlur={() => end(true)}
    />
  );
}
