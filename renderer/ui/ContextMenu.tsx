import { ContextMenu as Base } from '@base-ui/react/context-menu';
import type { ReactElement } from 'react';
import type { MenuItem } from './menuItem';
import { MenuItems } from './MenuItems';

interface ContextMenuProps {
  /** What is pressed by the right button, held, or has the focus when the menu key is pressed. */
  readonly children: ReactElement;
  readonly items: () => readonly MenuItem[];
}

/** A list of actions for what is under the pointer or in focus. */
export function ContextMenu({ children, items }: ContextMenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="z-50 outline-none">
          <MenuItems items={items} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
