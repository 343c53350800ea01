import { memo, useEffect, useState, type RefObject } from 'react';
import { MenuAt } from '../ui/MenuAt';
import { followMenuGesture } from './menuGesture';
import { askAt, askHere, menuItemsFor, type Asked } from './menuItems';

const ORIGIN = { x: 0, y: 0 } as const;

/** What can be done with what is under the pointer or in focus: by the right button, a finger that rests, or the menu key. Memoised: an edit draws none of it. */
export const CanvasMenu = memo(function CanvasMenu({ container }: { readonly container: RefObject<HTMLDivElement | null> }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!container.current) return;
    return followMenuGesture(container.current, (point) => {
      setAsked(point ? askAt(point) : askHere());
      setOpen(true);
    });
  }, [container]);
  return (
    <MenuAt
      label="What can be done here"
      isOpen={isOpen}
      at={asked?.point ?? ORIGIN}
      items={() => (asked ? menuItemsFor(asked) : [])}
      onClose={() => setOpen(false)}
    />
  );
});
