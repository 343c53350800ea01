import { Menu as Base } from '@base-ui/react/menu';
import { Menubar as BaseMenubar } from '@base-ui/react/menubar';
import type { MenuItem } from './menuItem';
import { MenuItems } from './MenuItems';

interface MenubarProps {
  readonly label: string;
  readonly menus: readonly { readonly label: string; readonly items: () => readonly MenuItem[] }[];
}

export function Menubar({ label, menus }: MenubarProps) {
  return (
    <BaseMenubar aria-label={label} className="flex items-center">
      {menus.map((menu) => (
        <Base.Root key={menu.label}>
          <Base.Trigger className="h-7 rounded-md px-2 text-secondary hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink">
            {menu.label}
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner sideOffset={4} className="z-50 outline-none">
              <MenuItems items={menu.items} />
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      ))}
    </BaseMenubar>
  );
}
