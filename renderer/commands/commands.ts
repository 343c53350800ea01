import { commands as specs, type CommandId, type CommandSpec, type Menu } from '../../shared/commands/commands';
import { useSettings } from '../state/settings';
import type { MenuItem } from '../ui/menuItem';
import { blockCommands } from './blockCommands';
import type { Command } from './command';
import { dataCommands } from './dataCommands';
import { editCommands } from './editCommands';
import { fanCommands } from './fanning';
import { fileCommands } from './fileCommands';
import { findCommands } from './findCommands';
import { goCommands } from './goCommands';
import { graphCommands } from './graphCommands';
import { heatCommands } from './heat';
import { helpCommands } from './helpCommands';
import { movingCommands } from './movingCommands';
import { ownBlockCommands } from './ownBlocks';
import { placeCommands } from './placeCommands';
import { runCommands } from './runCommands';
import { annotationCommands } from './annotating';
import { placingCommands } from './placingCommands';
import { viewCommands } from './viewCommands';
import { wiringCommands } from './wiringCommands';

/** Every command that does something; a test checks that each id of the list is here once. */
export const allCommands: readonly Command[] = [
  ...fileCommands,
  ...editCommands,
  ...findCommands,
  ...goCommands,
  ...graphCommands,
  ...movingCommands,
  ...blockCommands,
  ...fanCommands,
  ...ownBlockCommands,
  ...wiringCommands,
  ...placingCommands,
  ...annotationCommands,
  ...viewCommands,
  ...heatCommands,
  ...placeCommands,
  ...runCommands,
  ...dataCommands,
  ...helpCommands,
];

const byId: ReadonlyMap<string, Command> = new Map(allCommands.map((command) => [command.id, command]));

export const commandIds = Object.keys(specs) as CommandId[];

/** Title, keywords, menu of a command, and the shortcuts that hold: the person's own, else those that it came with. */
export function commandSpec(id: CommandId): CommandSpec {
  const own = useSettings.getState().keybindings[id];
  return own ? { ...specs[id], shortcuts: own } : specs[id];
}

export function defaultShortcuts(id: CommandId): readonly string[] {
  const spec: CommandSpec = specs[id];
  return spec.shortcuts ?? [];
}

/** The shortcut that is shown with a command, also after it was changed. */
export function useShortcut(id: CommandId): string | undefined {
  useSettings((state) => state.keybindings);
  return commandSpec(id).shortcuts?.[0];
}

export function isCommandId(id: string): id is CommandId {
  return Object.hasOwn(specs, id);
}

/** True, or why the command cannot be done now. */
export function commandState(id: CommandId): true | string {
  return byId.get(id)?.enabled() ?? 'This version has no such command.';
}

/** Does the command if it can be done now. True where it was done. */
export function runCommand(id: CommandId): boolean {
  if (commandState(id) !== true) return false;
  byId.get(id)?.run();
  return true;
}

/** A command as a line of a menu. */
export function commandItem(id: CommandId): MenuItem {
  const { title, shortcuts } = commandSpec(id);
  const state = commandState(id);
  return {
    kind: 'item',
    label: title,
    shortcut: shortcuts?.[0],
    disabled: state === true ? undefined : state,
    checked: byId.get(id)?.checked?.(),
    onSelect: () => runCommand(id),
  };
}

/** The lines of a menu, in the list's order. */
export function menuItems(menu: Menu): readonly MenuItem[] {
  return commandIds
    .filter((id) => commandSpec(id).menu === menu)
    .flatMap((id, index) =>
      commandSpec(id).startsGroup && index > 0 ? [{ kind: 'separator' as const }, commandItem(id)] : [commandItem(id)],
    );
}
