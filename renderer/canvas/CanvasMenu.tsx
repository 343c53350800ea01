import { useEffect, useState, type RefObject } from 'react';
import { MenuAt } from '../ui/MenuAt';
import { followMenuGesture } from './menuGesture';
import { askAt, askHere, menuItemsFor, type Asked } from './menuItems';

/** What can be done with what is under the pointer or in focus: by the right button, a finger that rests, or the menu key. */
export function CanvasMenu({ container }: { readonly container: RefObject<HTMLDivElement | null> }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    if (!container.current) return;
    return followMenuGesture(container.current, (point) => setAsked(point ? askAt(point) : askHere()));
  }, [container]);
  return (
    <MenuAt
      label="What can be done here"
      at={asked?.point ?? null}
      items={() => (asked ? menuItemsFor(asked) : [])}
      onClose={() => setAsked(null)}
    />
  );
}
