import { Menu as Base } from '@base-ui/react/menu';
import type { MenuItem } from './menuItem';
import { MenuItems } from './MenuItems';

interface MenuAtProps {
  readonly label: string;
  /** A point of the window, in pixels; null where the menu is closed. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly items: () => readonly MenuItem[];
  readonly onClose: () => void;
}

/** A list of actions at a point: for what is drawn and has no button of its own. */
export function MenuAt({ label, at, items, onClose }: MenuAtProps) {
  const anchor = { getBoundingClientRect: () => DOMRect.fromRect({ x: at?.x ?? 0, y: at?.y ?? 0, width: 0, height: 0 }) };
  return (
    <Base.Root open={at !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} align="start" side="right" className="z-50 outline-none">
          <MenuItems items={items} label={label} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
