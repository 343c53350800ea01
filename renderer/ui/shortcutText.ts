export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Ctrl: '⌃' };
const names: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
};

/** `Mod+Shift+S` as the keys of this computer: `Ctrl`, `Shift`, `S` or `⌘`, `⇧`, `S`. */
export function shortcutKeys(shortcut: string, mac = isMac): readonly string[] {
  const parts = shortcut === '+' ? ['+'] : shortcut.endsWith('++') ? [...shortcut.slice(0, -2).split('+'), '+'] : shortcut.split('+');
  return parts.map((part) => (mac ? macSigns[part] : undefined) ?? names[part] ?? part);
}

/** The same as one text, for `aria-keyshortcuts` and plain lists. */
export function shortcutText(shortcut: string, mac = isMac): string {
  return shortcutKeys(shortcut, mac).join(mac ? '' : '+');
}
