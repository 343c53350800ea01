import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useSettings } from '../state/settings';
import { commandItem, commandSpec } from './commands';
import { commandWith, giveShortcut, isChanged, keybindingProblems, resetAllShortcuts, resetShortcuts, takeShortcut } from './keybindings';
import { normalShortcut, shortcutOf, type KeyPress } from './shortcuts';

vi.mock('../host/client', () => ({
  host: { call: () => Promise.resolve({}), on: () => undefined },
  useConnection: { getState: () => ({}) },
}));

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('shortcuts of one’s own', () => {
  beforeEach(() => useSettings.setState({ keybindings: {} }));

  it('are shown wherever the command is', () => {
    giveShortcut('edit.duplicate', 'Mod+Shift+D');
    expect(commandSpec('edit.duplicate').shortcuts).toEqual(['Mod+Shift+D', 'Mod+D']);
    expect(commandItem('edit.duplicate')).toMatchObject({ shortcut: 'Mod+Shift+D' });
  });

  it('name the command that has the keys already, and take them from it', () => {
    expect(commandWith('Mod+D', 'edit.delete')).toBe('edit.duplicate');
    giveShortcut('edit.delete', 'Mod+D');
    expect(commandSpec('edit.duplicate').shortcuts).toEqual([]);
    expect(commandWith('Mod+D', 'edit.delete')).toBeUndefined();
  });

  it('go back to what they were, one and all', () => {
    giveShortcut('edit.duplicate', 'Alt+D');
    takeShortcut('edit.undo', 'Mod+Z');
    resetShortcuts('edit.duplicate');
    expect([isChanged('edit.duplicate'), isChanged('edit.undo')]).toEqual([false, true]);
    resetAllShortcuts();
    expect(commandSpec('edit.undo').shortcuts).toEqual(['Mod+Z']);
  });

  it('leave keys where they were given when the first owner is reset', () => {
    giveShortcut('edit.delete', 'Mod+D');
    resetShortcuts('edit.duplicate');
    expect(commandSpec('edit.duplicate').shortcuts).toEqual([]);
    expect(commandWith('Mod+D', 'edit.duplicate')).toBe('edit.delete');
  });

  it('written by hand are checked in words', () => {
    expect(keybindingProblems({ 'edit.undo': ['Mod+Z'], 'edit.redo': ['shift+'], 'no.such': ['F4'], 'file.open': ['Mod+Z'] })).toEqual([
      '“shift+” for “Redo” names no key. Expected keys such as Mod+Shift+S.',
      '“keybindings” names “no.such”, which is no command.',
      '“Mod+Z” is given to both “Undo” and “Open…”.',
    ]);
  });
});

describe('a key press as a shortcut', () => {
  it.each([
    [press('s', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+S'],
    [press('?', { shiftKey: true, code: 'Slash' }), '?'],
    [press('!', { shiftKey: true, code: 'Digit1' }), 'Shift+1'],
    [press('∫', { altKey: true, code: 'KeyB' }), 'Alt+B'],
    [press('F5', { shiftKey: true }), 'Shift+F5'],
    [press('Control', { ctrlKey: true }), undefined],
  ])('%#', (keys, text) => {
    expect(shortcutOf(keys, false)).toBe(text);
    if (text) expect(normalShortcut(text)).toBe(text);
  });
});
