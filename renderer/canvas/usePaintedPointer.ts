import { useEffect, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useGestures } from './gestures';
import { paintedAt } from './hitTest';
import type { Hit } from './scene';
import { showing, useAtHand } from './showing';

/** Elements that keep the pointer: a layer's ports stand out of it, a wire yields to a layer that lies on it. */
const ELEMENTS = '.react-flow__node, .react-flow__nodesselection, .overview';

/**
 * Where the network is painted, what comes under the pointer becomes an element before it can be pressed: clicks, drags, menus and
 * ports are then those of elements, and nothing is done twice.
 */
export function usePaintedPointer(container: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = container.current;
    const look = (event: PointerEvent) => {
      // What is held keeps the pointer; a wire on its way looks for where it may end.
      if (event.buttons !== 0 && event.type === 'pointermove' && !useGestures.getState().drawing) return;
      if (showing.stage.isPainted && isOverElement(event.target)) return;
      const pointer = paintedAt({ x: event.clientX, y: event.clientY });
      if (!isSame(pointer, useAtHand.getState().pointer)) flushSync(() => useAtHand.setState({ pointer }));
    };
    element?.addEventListener('pointermove', look, { capture: true });
    element?.addEventListener('pointerdown', look, { capture: true });
    return () => {
      element?.removeEventListener('pointermove', look, { capture: true });
      element?.removeEventListener('pointerdown', look, { capture: true });
    };
  }, [container]);
}

function isOverElement(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(ELEMENTS) !== null;
}

function isSame(a: Hit | undefined, b: Hit | undefined): boolean {
  return (
    a === b ||
    (a?.kind === 'layer' && b?.kind === 'layer' && a.node === b.node) ||
    (a?.kind === 'wire' && b?.kind === 'wire' && a.edge === b.edge)
  );
}
