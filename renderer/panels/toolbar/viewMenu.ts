import { bookmarks, goToBookmark } from '../../commands/bookmarks';
import { menuItems } from '../../commands/commands';
import type { MenuItem } from '../../ui/menuItem';

const SHOWN = 9;

/** The View menu: its commands, then the places that the document remembers. */
export function viewMenuItems(): readonly MenuItem[] {
  const places = bookmarks().slice(0, SHOWN);
  if (places.length === 0) return menuItems('View');
  return [
    ...menuItems('View'),
    { kind: 'separator' },
    { kind: 'heading', label: 'Bookmarks' },
    ...places.map((bookmark): MenuItem => ({ kind: 'item', label: bookmark.name, onSelect: () => goToBookmark(bookmark) })),
  ];
}
