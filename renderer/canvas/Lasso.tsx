import { memo, useEffect, type RefObject } from 'react';
import type { Position } from '../../shared/graph/graph';
import { shown } from '../commands/graphEdits';
import { useSession } from '../state/session';
import { useGestures } from './gestures';
import { sizeOf } from './showing';

/** With Alt, a drag over the empty canvas draws a line of any form: the layers whose middle it encloses are selected. */
export const Lasso = memo(function Lasso({ container }: { readonly container: RefObject<HTMLDivElement | null> }) {
  const points = useGestures((state) => state.lasso);
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const press = (event: PointerEvent) => {
      const isPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
      if (!event.altKey || event.button !== 0 || !isPane) return;
      event.stopPropagation();
      drawFrom(event, element);
    };
    element.addEventListener('pointerdown', press, { capture: true });
    return () => element.removeEventListener('pointerdown', press, { capture: true });
  }, [container]);
  if (points.length < 2) return null;
  const box = container.current?.getBoundingClientRect();
  return (
    <svg className="lasso" aria-hidden>
      <polygon points={points.map(({ x, y }) => `${x - (box?.left ?? 0)},${y - (box?.top ?? 0)}`).join(' ')} />
    </svg>
  );
});

function drawFrom(start: PointerEvent, element: HTMLElement): void {
  const lasso: Position[] = [{ x: start.clientX, y: start.clientY }];
  const end = new AbortController();
  const finish = (keep: boolean) => {
    end.abort();
    useGestures.setState({ lasso: [] });
    if (keep) selectInside(lasso);
  };
  element.setPointerCapture(start.pointerId);
  const options = { signal: end.signal };
  element.addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      lasso.push({ x: clientX, y: clientY });
      useGestures.setState({ lasso: [...lasso] });
    },
    options,
  );
  element.addEventListener('pointerup', () => finish(true), options);
  element.addEventListener('pointercancel', () => finish(false), options);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // Only the line goes: what is selected, and a tour, stay.
    event.stopPropagation();
    finish(false);
  };
  window.addEventListener('keydown', leave, { ...options, capture: true });
}

function selectInside(lasso: readonly Position[]): void {
  const api = useSession.getState().canvasApi;
  if (!api || lasso.length < 3) return;
  const outline = lasso.map((point) => api.screenToGraph(point));
  const inside = Object.values(shown().graph.nodes).filter(({ id, position }) => {
    const { width, height } = sizeOf(id);
    return encloses(outline, { x: position.x + width / 2, y: position.y + height / 2 });
  });
  useSession.getState().select(inside.map(({ id }) => id));
}

/** Whether a polygon holds a point: a ray from it crosses the outline an odd number of times. */
export function encloses(outline: readonly Position[], { x, y }: Position): boolean {
  let isInside = false;
  for (const [index, a] of outline.entries()) {
    const b = outline[(index + outline.length - 1) % outline.length] as Position;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isInside = !isInside;
  }
  return isInside;
}
