import type { CommandId, CommandSpec, ShortcutScope } from '../../shared/commands/commands';

/** A shortcut taken apart: `Mod+Shift+S`. */
export interface Shortcut {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly key: string;
}

/** What of a key press matters. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/**
 * Where the focus is when a key is pressed. `layer`: on something of the canvas, walked by the keyboard. `tree`: an outline
 * of the network, where a letter searches. `field` takes text; `dialog` keeps all keys for itself.
 */
export type FocusPlace = 'layer' | 'canvas' | 'tree' | 'panel' | 'field' | 'dialog';

export function parseShortcut(text: string): Shortcut {
  const parts = text === '+' ? ['+'] : text.endsWith('++') ? [...text.slice(0, -2).split('+'), '+'] : text.split('+');
  const modifiers = parts.slice(0, -1);
  return { mod: modifiers.includes('Mod'), shift: modifiers.includes('Shift'), alt: modifiers.includes('Alt'), key: parts.at(-1) ?? '' };
}

/** Whether a key press is this shortcut, on any keyboard layout and with whatever Alt or Shift make of the key. */
export function matches(shortcut: Shortcut, press: KeyPress, mac: boolean): boolean {
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (mod !== shortcut.mod || other || press.altKey !== shortcut.alt) return false;
  // `?` and `+` are typed with Shift on some layouts and without on others.
  const isSign = shortcut.key.length === 1 && !/[A-Z0-9]/.test(shortcut.key);
  if (!isSign && press.shiftKey !== shortcut.shift) return false;
  return keyMatches(shortcut.key, press);
}

function keyMatches(key: string, press: KeyPress): boolean {
  if (/^[A-Z]$/.test(key)) return /^[a-z]$/i.test(press.key) ? press.key.toUpperCase() === key : press.code === `Key${key}`;
  if (/^[0-9]$/.test(key)) return press.key === key || press.code === `Digit${key}`;
  return press.key === key;
}

/** Where a shortcut holds, unless the command says otherwise. */
export function scopeOf({ scope }: CommandSpec, shortcut: Shortcut): ShortcutScope {
  return scope ?? (shortcut.mod || /^F\d+$/.test(shortcut.key) ? 'everywhere' : 'window');
}

export function holdsAt(scope: ShortcutScope, place: FocusPlace, shortcut: Shortcut): boolean {
  if (place === 'dialog') return false;
  if (place === 'layer') return true;
  if (place === 'canvas') return scope !== 'layer';
  if (place === 'tree') return scope !== 'layer' && shortcut.key !== 'Tab' && (isChord(shortcut) || shortcut.key.length > 1);
  return scope === 'everywhere' || (scope === 'window' && place === 'panel');
}

function isChord({ mod, alt }: Shortcut): boolean {
  return mod || alt;
}

/** The command that a key press means at this place, if any. */
export function commandFor(
  specs: readonly (readonly [CommandId, CommandSpec])[],
  press: KeyPress,
  place: FocusPlace,
  mac: boolean,
): CommandId | undefined {
  for (const [id, spec] of specs) {
    for (const text of spec.shortcuts ?? []) {
      const shortcut = parseShortcut(text);
      if (matches(shortcut, press, mac) && holdsAt(scopeOf(spec, shortcut), place, shortcut)) return id;
    }
  }
  return undefined;
}

/** Keys that say nothing alone. */
const MODIFIERS: ReadonlySet<string> = new Set([
  'Control',
  'Meta',
  'Shift',
  'Alt',
  'AltGraph',
  'CapsLock',
  'Dead',
  'Process',
  'Unidentified',
]);

/** What was pressed as a shortcut's text; undefined for a modifier alone, and for the other system's modifier. */
export function shortcutOf(press: KeyPress, mac: boolean): string | undefined {
  if (MODIFIERS.has(press.key) || (mac ? press.ctrlKey : press.metaKey)) return undefined;
  const mod = mac ? press.metaKey : press.ctrlKey;
  const key = keyOf(press);
  // A sign holds its Shift already, as `?` does.
  const isSign = key.length === 1 && !/[A-Z0-9]/.test(key);
  return [mod && 'Mod', press.altKey && 'Alt', press.shiftKey && !isSign && 'Shift', key].filter(Boolean).join('+');
}

/** The letter or figure of the key, whatever Alt, Shift or another alphabet makes of it. */
function keyOf({ key, code }: KeyPress): string {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  if (key.length > 1) return key;
  const [, letter, digit] = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code) ?? [];
  return letter ?? digit ?? key;
}

/** The same text for the same keys: `Shift+Mod+s` is `Mod+Shift+S`. Undefined where it names no key. */
export function normalShortcut(text: string): string | undefined {
  const { mod, alt, shift, key } = parseShortcut(text);
  if (key === '' || MODIFIERS.has(key) || ['Mod', 'Ctrl'].includes(key) || (key.length > 1 && !/^([A-Z][A-Za-z]+|F\d+)$/.test(key)))
    return undefined;
  return [mod && 'Mod', alt && 'Alt', shift && 'Shift', /^[a-z]$/.test(key) ? key.toUpperCase() : key].filter(Boolean).join('+');
}
