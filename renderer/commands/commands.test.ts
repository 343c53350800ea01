import { describe, expect, it } from 'vitest';
import { commands as specs, MENUS, type CommandSpec } from '../../shared/commands/commands';
import { allCommands, commandIds, commandSpec, commandState, menuItems, runCommand } from './commands';
import { parseShortcut, scopeOf } from './shortcuts';

describe('the list of commands', () => {
  it('has what to do for each command, once', () => {
    expect(allCommands.map(({ id }) => id).toSorted()).toEqual(Object.keys(specs).toSorted());
  });

  it('shows each command in one menu', () => {
    const shown = MENUS.flatMap((menu) => menuItems(menu)).filter((item) => item.kind === 'item');
    expect(shown.map((item) => item.label).toSorted()).toEqual(commandIds.map((id) => commandSpec(id).title).toSorted());
  });

  it('gives no shortcut to two commands of one place', () => {
    const shortcuts = Object.values<CommandSpec>(specs).flatMap(({ shortcuts = [], scope }) =>
      shortcuts.map((shortcut) => (scope === 'layer' ? `${shortcut} on a layer` : shortcut)),
    );
    expect(shortcuts.filter((shortcut, index) => shortcuts.indexOf(shortcut) !== index)).toEqual([]);
  });

  it('takes no plain key from text fields', () => {
    const everywhere = commandIds.flatMap((id) =>
      (commandSpec(id).shortcuts ?? []).filter((text) => scopeOf(commandSpec(id), parseShortcut(text)) === 'everywhere'),
    );
    expect(everywhere.filter((text) => !/^(Mod\+.+|(Shift\+)?F\d+)$/.test(text))).toEqual([]);
  });

  it('says why a command cannot be done, and does not do it', () => {
    expect(commandState('edit.undo')).toBe('Nothing to undo.');
    expect(runCommand('edit.undo')).toBe(false);
    for (const id of commandIds) {
      const state = commandState(id);
      if (state !== true) expect(state).toMatch(/^[A-Z“].*\.$/);
    }
  });
});
