import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import { Kbd } from './Kbd';
import type { MenuItem } from './menuItem';

/** The inside of a menu. Its items are asked for when it opens, so that a closed menu costs nothing. */
export function MenuItems({ items, label }: { readonly items: () => readonly MenuItem[]; readonly label?: string }) {
  const list = items();
  // Labels stand in one column: where one can be checked, all leave room for the mark.
  const hasMarks = list.some((item) => item.kind === 'item' && item.checked !== undefined);
  return (
    <Base.Popup
      aria-label={label}
      className="popup-motion max-h-(--available-height) min-w-48 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-float outline-none"
    >
      {list.map((item, index) => (
        <MenuRow key={`${index} ${item.kind}`} item={item} hasMarks={hasMarks} />
      ))}
    </Base.Popup>
  );
}

function MenuRow({ item, hasMarks }: { readonly item: MenuItem; readonly hasMarks: boolean }) {
  if (item.kind === 'separator') return <Base.Separator className="mx-1 my-1 h-px bg-line" />;
  if (item.kind === 'heading') return <div className="px-2 pt-1.5 pb-1 text-xs font-medium text-secondary">{item.label}</div>;
  return (
    <Base.Item
      label={item.label}
      disabled={item.disabled !== undefined}
      title={item.disabled}
      aria-checked={item.checked}
      {...(item.checked === undefined ? {} : { role: 'menuitemradio' })}
      onClick={item.onSelect}
      className="flex min-h-7 items-center gap-2 rounded-md px-2 py-1 text-ink outline-none data-disabled:text-disabled data-highlighted:bg-accent-soft data-highlighted:data-disabled:bg-hover"
    >
      {hasMarks && <span className="w-4 shrink-0">{item.checked && <Check size="0.875rem" aria-hidden />}</span>}
      {item.icon}
      <span className="flex-1">
        {item.label}
        {(item.disabled ?? item.description) && (
          <span className="block max-w-64 text-sm text-secondary">{item.disabled ?? item.description}</span>
        )}
      </span>
      {item.shortcut && (
        <span className="pl-6">
          <Kbd shortcut={item.shortcut} />
        </span>
      )}
    </Base.Item>
  );
}
