import { menuItems } from '../../commands/commands';
import { openFrom } from '../../commands/opening';
import { useRecent } from '../../state/recent';
import type { MenuItem } from '../../ui/menuItem';

const SHOWN = 6;

/** The File menu: its commands, then the files that were open last. */
export function fileMenuItems(): readonly MenuItem[] {
  const recent = useRecent.getState().files.slice(0, SHOWN);
  if (recent.length === 0) return menuItems('File');
  return [
    ...menuItems('File'),
    { kind: 'separator' },
    { kind: 'heading', label: 'Recent' },
    ...recent.map(({ handle, name, folder }): MenuItem => ({
      kind: 'item',
      label: name,
      description: folder,
      onSelect: () => void openFrom({ kind: 'handle', handle }, `“${name}”`),
    })),
  ];
}
