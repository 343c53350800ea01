import { useReactFlow, type Viewport } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';
import type { Position } from '../../shared/graph/graph';
import { MAX_ZOOM, MIN_ZOOM } from './seeing';

interface Pinch {
  readonly middle: Position;
  readonly distance: number;
}

/** Two fingers move and zoom the view also where they stand on layers, each of which React Flow would drag. */
export function usePinch(container: RefObject<HTMLDivElement | null>): void {
  const flow = useReactFlow();
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    let start: (Pinch & { readonly viewport: Viewport }) | undefined;
    // Until the last finger is lifted: whichever stays would go on with what it had begun before the pinch, from where it was then.
    let isOurs = false;
    const begin = (event: TouchEvent) => {
      const pinch = pinchOf(event, element);
      // A finger whose layer has left the view is lifted unheard.
      if (event.touches.length === 1) isOurs = false;
      isOurs ||= pinch !== undefined && isOnLayer(event);
      start = pinch && isOurs ? { ...pinch, viewport: flow.getViewport() } : undefined;
      if (isOurs) event.stopPropagation();
    };
    const move = (event: TouchEvent) => {
      if (!isOurs) return;
      event.stopPropagation();
      const pinch = start && pinchOf(event, element);
      if (start && pinch) void flow.setViewport(pinched(start.viewport, start, pinch));
    };
    const end = ({ touches }: TouchEvent) => {
      if (touches.length < 2) start = undefined;
      if (touches.length === 0) isOurs = false;
    };
    const listening = new AbortController();
    const options = { capture: true, signal: listening.signal };
    element.addEventListener('touchstart', begin, options);
    element.addEventListener('touchmove', move, options);
    element.addEventListener('touchend', end, options);
    element.addEventListener('touchcancel', end, options);
    return () => listening.abort();
  }, [container, flow]);
}

/** The view after a pinch: what lay in the middle of the fingers stays there. */
export function pinched({ x, y, zoom }: Viewport, from: Pinch, to: Pinch): Viewport {
  const wanted = (zoom * to.distance) / Math.max(1, from.distance);
  const next = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, wanted));
  const scale = next / zoom;
  return { x: to.middle.x - (from.middle.x - x) * scale, y: to.middle.y - (from.middle.y - y) * scale, zoom: next };
}

function pinchOf({ touches }: TouchEvent, element: HTMLElement): Pinch | undefined {
  const [a, b] = touches;
  if (!a || !b || touches.length !== 2) return undefined;
  const { left, top } = element.getBoundingClientRect();
  return {
    middle: { x: (a.clientX + b.clientX) / 2 - left, y: (a.clientY + b.clientY) / 2 - top },
    distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
  };
}

function isOnLayer({ touches }: TouchEvent): boolean {
  return [...touches].some(({ target }) => target instanceof Element && target.closest('.nopan') !== null);
}
