import type { CommandId } from '../../shared/commands/commands';
import { useSettings } from '../state/settings';
import { commandIds, commandSpec, defaultShortcuts, isCommandId } from './commands';
import { normalShortcut } from './shortcuts';

type Keybindings = Readonly<Record<string, readonly string[]>>;

/** The command that has these keys, other than `but`. What holds on a layer shares its keys with what holds elsewhere. */
export function commandWith(shortcut: string, but: CommandId): CommandId | undefined {
  const wanted = normalShortcut(shortcut);
  const isOfLayer = (id: CommandId) => commandSpec(id).scope === 'layer';
  return commandIds.find(
    (id) => id !== but && isOfLayer(id) === isOfLayer(but) && commandSpec(id).shortcuts?.some((each) => normalShortcut(each) === wanted),
  );
}

export function isChanged(id: CommandId): boolean {
  return Object.hasOwn(useSettings.getState().keybindings, id);
}

/** Adds keys to a command, and takes them from whichever had them. */
export function giveShortcut(id: CommandId, shortcut: string): void {
  const other = commandWith(shortcut, id);
  const changes: [CommandId, readonly string[]][] = [[id, [...new Set([shortcut, ...(commandSpec(id).shortcuts ?? [])])]]];
  if (other) changes.push([other, without(other, shortcut)]);
  change(changes);
}

export function takeShortcut(id: CommandId, shortcut: string): void {
  change([[id, without(id, shortcut)]]);
}

function without(id: CommandId, shortcut: string): readonly string[] {
  const gone = normalShortcut(shortcut);
  return (commandSpec(id).shortcuts ?? []).filter((each) => normalShortcut(each) !== gone);
}

/** The keys that it came with. Another command that was given one of them meanwhile keeps it. */
export function resetShortcuts(id: CommandId): void {
  const kept = defaultShortcuts(id).filter((shortcut) => commandWith(shortcut, id) === undefined);
  change([[id, kept]]);
}

export function resetAllShortcuts(): void {
  useSettings.getState().change({ keybindings: {} });
}

function change(changes: readonly (readonly [CommandId, readonly string[]])[]): void {
  const next: Record<string, string[]> = copyOf(useSettings.getState().keybindings);
  for (const [id, shortcuts] of changes) {
    // What is as it came is not written: a later version may give it better keys.
    if (sameList(shortcuts, defaultShortcuts(id))) Reflect.deleteProperty(next, id);
    else next[id] = [...shortcuts];
  }
  useSettings.getState().change({ keybindings: next });
}

function copyOf(keybindings: Keybindings): Record<string, string[]> {
  return Object.fromEntries(Object.entries(keybindings).map(([id, shortcuts]) => [id, [...shortcuts]]));
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

/** What is wrong in keys that were written by hand, in sentences. */
export function keybindingProblems(keybindings: Keybindings): readonly string[] {
  const problems: string[] = [];
  const owners = new Map<string, string>();
  for (const [id, shortcuts] of Object.entries(keybindings)) {
    if (!isCommandId(id)) {
      problems.push(`“keybindings” names “${id}”, which is no command.`);
      continue;
    }
    for (const shortcut of shortcuts) {
      const normal = normalShortcut(shortcut);
      const owner = normal && owners.get(normal);
      if (!normal) problems.push(`“${shortcut}” for “${commandSpec(id).title}” names no key. Expected keys such as Mod+Shift+S.`);
      else if (owner) problems.push(`“${shortcut}” is given to both “${owner}” and “${commandSpec(id).title}”.`);
      else owners.set(normal, commandSpec(id).title);
    }
  }
  return problems;
}
