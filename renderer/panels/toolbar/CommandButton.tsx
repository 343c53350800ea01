import type { ReactNode } from 'react';
import type { CommandId } from '../../../shared/commands/commands';
import { commandSpec, commandState, runCommand, useShortcut } from '../../commands/commands';
import { IconButton } from '../../ui/IconButton';

interface CommandButtonProps {
  readonly id: CommandId;
  readonly icon: ReactNode;
  /** The part of the state that decides it, so that the button follows it. */
  readonly enabled: boolean;
  readonly hint?: string | undefined;
}

/** A command as an icon, with its name, its shortcut and why it cannot be done now. */
export function CommandButton({ id, icon, enabled, hint }: CommandButtonProps) {
  const { title } = commandSpec(id);
  const shortcut = useShortcut(id);
  const state = enabled ? true : commandState(id);
  return (
    <IconButton
      label={title}
      icon={icon}
      shortcut={shortcut}
      disabled={!enabled}
      hint={state === true ? hint : state}
      onClick={() => runCommand(id)}
    />
  );
}
