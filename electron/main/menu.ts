import { Menu, type MenuItemConstructorOptions } from 'electron';
import { commands, MENUS, type CommandSpec } from '../../shared/commands/commands';

/** The native menu from the one list of commands. Shortcuts are shown but belong to the page, which knows what has the focus. */
export function buildMenu(run: (id: string) => void): Menu {
  const entries = Object.entries(commands) as [string, CommandSpec][];
  const menus = MENUS.map((label): MenuItemConstructorOptions => ({
    label,
    submenu: [
      ...entries.filter(([, { menu }]) => menu === label).map(([id, spec]) => item(id, spec, run)),
      ...(label === 'File' ? ([{ type: 'separator' }, { role: 'quit' }] as const) : []),
      ...(label === 'View' ? ([{ type: 'separator' }, { role: 'togglefullscreen' }, { role: 'toggleDevTools' }] as const) : []),
    ],
  }));
  return Menu.buildFromTemplate(process.platform === 'darwin' ? [{ role: 'appMenu' }, ...menus] : menus);
}

function item(id: string, { title, shortcuts }: CommandSpec, run: (id: string) => void): MenuItemConstructorOptions {
  const accelerator = shortcuts?.[0]?.replace('Mod', 'CommandOrControl').replace('ArrowUp', 'Up');
  const shown = accelerator && !/\+[+]$|^[?]$/.test(accelerator) ? { accelerator, registerAccelerator: false } : {};
  return { label: title, click: () => run(id), ...shown };
}
