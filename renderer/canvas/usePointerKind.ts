import { useEffect, useState, type RefObject } from 'react';

/** Whether the last press was a finger: one finger then moves the canvas, as on every map; a mouse or pen draws a box. */
export function usePointerKind(container: RefObject<HTMLDivElement | null>): boolean {
  const [isTouch, setTouch] = useState(false);
  useEffect(() => {
    const element = container.current;
    const look = ({ pointerType }: PointerEvent) => setTouch(pointerType === 'touch');
    element?.addEventListener('pointerdown', look, { capture: true });
    return () => element?.removeEventListener('pointerdown', look, { capture: true });
  }, [container]);
  return isTouch;
}
