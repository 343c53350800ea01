import { describe, expect, it } from 'vitest';
import { commands, type CommandId, type CommandSpec } from '../../shared/commands/commands';
import { shortcutText } from '../ui/shortcutText';
import { commandFor, matches, parseShortcut, type FocusPlace, type KeyPress } from './shortcuts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more };
}
const specs = Object.entries(commands) as [CommandId, CommandSpec][];
const meant = (keyPress: KeyPress, place: FocusPlace, mac = false) => commandFor(specs, keyPress, place, mac);

describe('a shortcut matches the key press that it names', () => {
  it('with the modifier of the system', () => {
    const save = parseShortcut('Mod+S');
    expect(matches(save, press('s', { ctrlKey: true }), false)).toBe(true);
    expect(matches(save, press('s', { metaKey: true }), true)).toBe(true);
    expect(matches(save, press('s', { ctrlKey: true }), true)).toBe(false);
    expect(matches(save, press('s'), false)).toBe(false);
    expect(matches(save, press('s', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
  });

  it('whatever Alt or another alphabet makes of the letter', () => {
    expect(matches(parseShortcut('Mod+Alt+B'), press('∫', { code: 'KeyB', metaKey: true, altKey: true }), true)).toBe(true);
    expect(matches(parseShortcut('Mod+Z'), press('я', { code: 'KeyZ', ctrlKey: true }), false)).toBe(true);
  });

  it('on a keyboard whose letters stand elsewhere the letter counts, not its place', () => {
    expect(matches(parseShortcut('Mod+Z'), press('w', { code: 'KeyZ', ctrlKey: true }), false)).toBe(false);
  });

  it('a digit with Shift is found by its key', () => {
    expect(matches(parseShortcut('Shift+1'), press('!', { code: 'Digit1', shiftKey: true }), false)).toBe(true);
  });

  it('a sign is found however it is typed', () => {
    expect(matches(parseShortcut('?'), press('?', { shiftKey: true }), false)).toBe(true);
    expect(matches(parseShortcut('Mod++'), press('+', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  });
});

describe('where the focus is decides', () => {
  it('typing in a field is typing', () => {
    for (const key of ['Delete', 'Backspace', 'Tab', 'Enter', 'Escape', '?']) expect(meant(press(key), 'field')).toBeUndefined();
    expect(meant(press('a', { ctrlKey: true }), 'field')).toBeUndefined();
    expect(meant(press('L', { shiftKey: true }), 'field')).toBeUndefined();
  });

  it('saving and training work from a field', () => {
    expect(meant(press('s', { ctrlKey: true }), 'field')).toBe('file.save');
    expect(meant(press('Enter', { ctrlKey: true }), 'field')).toBe('run.train');
    expect(meant(press('F8'), 'field')).toBe('graph.nextProblem');
  });

  it('Tab and Enter keep their meaning in panels', () => {
    expect(meant(press('Tab'), 'panel')).toBeUndefined();
    expect(meant(press('Tab'), 'canvas')).toBe('graph.addLayer');
    expect(meant(press('Enter'), 'panel')).toBeUndefined();
  });

  it('an open dialog has all keys', () => {
    expect(meant(press('z', { ctrlKey: true }), 'dialog')).toBeUndefined();
  });
});

describe('a shortcut reads as the keys of the computer', () => {
  it('in words, and on a Mac in signs', () => {
    expect(shortcutText('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(shortcutText('Mod+Shift+Z', true)).toBe('⌘⇧Z');
    expect(shortcutText('Mod++', false)).toBe('Ctrl++');
  });

  it('on a layer that the keyboard walks, Tab reads on; where the mouse is, it adds', () => {
    expect(meant(press('Tab'), 'layer')).toBe('go.next');
    expect(meant(press('Tab', { shiftKey: true }), 'layer')).toBe('go.previous');
    expect(meant(press('Tab', { shiftKey: true }), 'canvas')).toBeUndefined();
    expect(meant(press('a'), 'layer')).toBe('graph.addLayer');
  });

  it('in an outline letters search, other keys are commands', () => {
    for (const [key, shiftKey] of [
      ['c', false],
      ['L', true],
      ['?', true],
      ['Tab', false],
    ] as const)
      expect(meant(press(key, { shiftKey }), 'tree')).toBeUndefined();
    expect(meant(press('Delete'), 'tree')).toBe('edit.delete');
    expect(meant(press('F2'), 'tree')).toBe('edit.rename');
    expect(meant(press('d', { ctrlKey: true }), 'tree')).toBe('edit.duplicate');
  });
});
