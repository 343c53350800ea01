import { RotateCcw, X } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { CommandId } from '../../../shared/commands/commands';
import { commandSpec } from '../../commands/commands';
import { commandWith, giveShortcut, isChanged, resetShortcuts, takeShortcut } from '../../commands/keybindings';
import { shortcutOf } from '../../commands/shortcuts';
import { useConnection } from '../../host/client';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { Kbd } from '../../ui/Kbd';
import { isMac, shortcutText } from '../../ui/shortcutText';

interface ShortcutRowProps {
  readonly id: CommandId;
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
}

/** A command with its keys; opened, each can be taken away and new ones pressed. */
export function ShortcutRow({ id, isOpen, onOpen }: ShortcutRowProps) {
  const { title, shortcuts = [] } = commandSpec(id);
  return (
    <li className={isOpen ? 'my-1 rounded-lg border border-line bg-surface' : ''}>
      <div className="flex min-h-8 items-center gap-3 rounded-md px-2 hover:bg-hover">
        <span className="min-w-0 flex-1">
          {title}
          {isChanged(id) && <span className="ml-2 text-xs text-accent-text">changed</span>}
        </span>
        {isChanged(id) && (
          <IconButton
            label={`Reset the keys of ${title}`}
            icon={<RotateCcw size="0.8125rem" aria-hidden />}
            onClick={() => resetShortcuts(id)}
          />
        )}
        <Button
          variant="plain"
          aria-expanded={isOpen}
          aria-label={`Change the keys of ${title}${shortcuts.length > 0 ? `: ${shortcuts.map((each) => shortcutText(each)).join(', ')}` : ''}`}
          onClick={() => onOpen(!isOpen)}
          className="min-w-20 justify-end!"
        >
          {shortcuts.length === 0 && <span className="text-secondary">none</span>}
          {shortcuts.map((shortcut) => (
            <Kbd key={shortcut} shortcut={shortcut} />
          ))}
        </Button>
      </div>
      {isOpen && <ShortcutEditor id={id} onDone={() => onOpen(false)} />}
    </li>
  );
}

function ShortcutEditor({ id, onDone }: { readonly id: CommandId; readonly onDone: () => void }) {
  const { shortcuts = [] } = commandSpec(id);
  const isWeb = useConnection((state) => state.info?.host === 'web');
  const [pressed, setPressed] = useState<string | null>(null);
  const owner = pressed === null ? undefined : commandWith(pressed, id);
  const refusal = pressed === null ? undefined : refusalOf(pressed, isWeb);

  function onKeyDown(event: KeyboardEvent) {
    // Tab alone leads on, as everywhere: else nobody could leave the field by keys.
    if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape' && pressed === null) return onDone();
    const shortcut = event.key === 'Escape' ? null : shortcutOf(event.nativeEvent, isMac);
    if (shortcut !== undefined) setPressed(shortcut);
  }

  function give() {
    if (pressed === null) return;
    giveShortcut(id, pressed);
    setPressed(null);
    onDone();
  }

  return (
    <div className="flex flex-wrap items-center gap-2 px-2 pt-1 pb-2">
      {shortcuts.map((shortcut) => (
        <span key={shortcut} className="flex items-center rounded-md border border-line pl-1.5">
          <Kbd shortcut={shortcut} />
          <IconButton
            label={`Take ${shortcutText(shortcut)} away`}
            icon={<X size="0.75rem" aria-hidden />}
            onClick={() => takeShortcut(id, shortcut)}
          />
        </span>
      ))}
      <input
        type="text"
        readOnly
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person opened the row to press keys
        autoFocus
        aria-label={`New keys of ${commandSpec(id).title}`}
        aria-describedby="new-keys-note"
        value={pressed === null ? '' : shortcutText(pressed)}
        placeholder="Press the new keys"
        onKeyDown={onKeyDown}
        className="h-7 w-44 rounded-md border border-line bg-field px-2 text-ink"
      />
      <Button variant="primary" disabled={pressed === null || refusal !== undefined} onClick={give}>
        {owner ? `Take it from ${commandSpec(owner).title}` : 'Add'}
      </Button>
      <p id="new-keys-note" role="status" className={`basis-full text-sm ${owner || refusal ? 'text-warning-text' : 'text-secondary'}`}>
        {noteOf(pressed, owner, refusal)}
      </p>
    </div>
  );
}

function noteOf(pressed: string | null, owner: CommandId | undefined, refusal: string | undefined): string {
  if (pressed === null) return 'Escape leaves everything as it is.';
  if (refusal) return refusal;
  return owner ? `${shortcutText(pressed)} is already “${commandSpec(owner).title}”.` : `${shortcutText(pressed)} is free.`;
}

/** Keys that no page of a browser gets to see. */
const BROWSERS: ReadonlySet<string> = new Set(['Mod+N', 'Mod+T', 'Mod+W', 'Mod+Shift+N', 'Mod+Shift+T', 'Mod+Shift+W']);

function refusalOf(shortcut: string, isWeb: boolean): string | undefined {
  if (isWeb && BROWSERS.has(shortcut)) return `The browser keeps ${shortcutText(shortcut)} for itself.`;
  return undefined;
}
