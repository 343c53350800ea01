import { Menu as Base } from '@base-ui/react/menu';
import type { MenuItem } from './menuItem';
import { MenuItems } from './MenuItems';

interface MenuAtProps {
  readonly label: string;
  readonly isOpen: boolean;
  /** A point of the window, in pixels; it stays while the closed menu fades. */
  readonly at: { readonly x: number; readonly y: number };
  readonly items: () => readonly MenuItem[];
  readonly onClose: () => void;
}

/** A list of actions at a point: for what is drawn and has no button of its own. */
export function MenuAt({ label, isOpen, at, items, onClose }: MenuAtProps) {
  const anchor = { getBoundingClientRect: () => DOMRect.fromRect({ ...at, width: 0, height: 0 }) };
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} align="start" side="right" className="z-50 outline-none">
          <MenuItems items={items} label={label} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
