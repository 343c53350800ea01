import type { ReactNode } from 'react';
import type { CommandId } from '../../../shared/commands/commands';
import { commandSpec, commandState, runCommand, useShortcut } from '../../commands/commands';
import { useDocument, type DocumentState } from '../../state/document';
import { IconFace, type IconFaceProps } from '../../ui/IconButton';
import { Tooltip } from '../../ui/Tooltip';

interface Followed {
  readonly id: CommandId;
  /** What the command would do to the document now; undefined while there is nothing for it to do. */
  readonly hintOf: (state: DocumentState) => string | undefined;
}

interface CommandButtonProps extends Followed {
  readonly icon: ReactNode;
}

/**
 * A command as an icon, with its name, its shortcut and why it cannot be done now. The button and the words look at the document
 * themselves, so that an edit draws no tooltip anew.
 */
export function CommandButton({ id, icon, hintOf }: CommandButtonProps) {
  const { title } = commandSpec(id);
  const shortcut = useShortcut(id);
  return (
    <Tooltip label={title} shortcut={shortcut} hint={<Hint id={id} hintOf={hintOf} />}>
      <Face hintOf={hintOf} label={title} icon={icon} onClick={() => runCommand(id)} />
    </Tooltip>
  );
}

function Hint({ id, hintOf }: Followed) {
  const hint = useDocument(hintOf);
  const state = commandState(id);
  return hint ?? (state === true ? null : state);
}

function Face({ hintOf, ...rest }: Pick<Followed, 'hintOf'> & IconFaceProps) {
  const isEnabled = useDocument((state) => hintOf(state) !== undefined);
  return <IconFace {...rest} disabled={!isEnabled} />;
}
