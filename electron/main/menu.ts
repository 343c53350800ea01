import { Menu, type MenuItemConstructorOptions } from 'electron';
import { commands, MENUS, type CommandSpec } from '../../shared/commands/commands';

/** The person's own shortcuts, by command. */
type Keybindings = Readonly<Record<string, readonly string[]>>;

/** The native menu from the one list of commands. Shortcuts are shown but belong to the page, which knows what has the focus. */
export function buildMenu(run: (id: string) => void, keybindings: Keybindings = {}): Menu {
  const entries = Object.entries(commands) as [string, CommandSpec][];
  const menus = MENUS.map((label): MenuItemConstructorOptions => ({
    label,
    submenu: [
      ...entries
        .filter(([, { menu }]) => menu === label)
        .map(([id, spec]) => item(id, { ...spec, shortcuts: own(keybindings, id) ?? spec.shortcuts ?? [] }, run)),
      ...(label === 'File' ? ([{ type: 'separator' }, { role: 'quit' }] as const) : []),
      ...(label === 'View' ? ([{ type: 'separator' }, { role: 'togglefullscreen' }, { role: 'toggleDevTools' }] as const) : []),
    ],
  }));
  return Menu.buildFromTemplate(process.platform === 'darwin' ? [{ role: 'appMenu' }, ...menus] : menus);
}

function own(keybindings: Keybindings, id: string): readonly string[] | undefined {
  return Object.hasOwn(keybindings, id) ? keybindings[id] : undefined;
}

/** What Electron takes as an accelerator; it refuses the whole menu for one that it does not know. */
const ACCELERATOR =
  /^((CommandOrControl|Alt|Shift)\+)*([A-Z0-9]|F\d{1,2}|Up|Down|Left|Right|Tab|Enter|Escape|Delete|Backspace|Home|End|PageUp|PageDown|[-=.,;/])$/;

function acceleratorOf(shortcut: string | undefined): string | undefined {
  const accelerator = shortcut?.replace('Mod', 'CommandOrControl').replace('Arrow', '');
  return accelerator !== undefined && ACCELERATOR.test(accelerator) ? accelerator : undefined;
}

/** Done by Chromium for what has the focus: the page hears of it as a browser's page does, clipboard included. */
const ROLES: Readonly<Record<string, 'cut' | 'copy' | 'paste'>> = { 'edit.cut': 'cut', 'edit.copy': 'copy', 'edit.paste': 'paste' };

function item(id: string, { title, shortcuts }: CommandSpec, run: (id: string) => void): MenuItemConstructorOptions {
  const role = ROLES[id];
  if (role) return { label: title, role, registerAccelerator: false };
  const accelerator = acceleratorOf(shortcuts?.[0]);
  const shown = accelerator ? { accelerator, registerAccelerator: false } : {};
  return { label: title, click: () => run(id), ...shown };
}
