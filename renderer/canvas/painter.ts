import type { ReactFlowState } from '@xyflow/react';
import { createGround } from './ground';
import { paint, type Subject } from './paint';
import { extentOf } from './picture';
import { placingOf, plateFor, serves, type Plate } from './plate';
import { viewOf } from './useStage';

/** Milliseconds after the last move until what was only moved or scaled is painted as sharp as it can be. */
const REST = 120;

type Seen = Pick<ReactFlowState, 'transform' | 'width' | 'height'>;

/** Paints a plate with all that there is around the view, moves it with the view, and paints another one where it no longer does. */
export function createPainter(canvas: HTMLCanvasElement, first: Subject, seen: Seen) {
  const ground = createGround();
  let subject = first;
  let state = seen;
  let all = extentOf(first.picture);
  let plate: Plate | undefined;
  let frame = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const screen = () => ({ view: viewOf(state), density: window.devicePixelRatio });
  const isSeen = () => state.width > 0 && state.height > 0;
  const draw = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    if (!isSeen()) return;
    plate = plateFor(screen(), all);
    ground.forget();
    const context = canvas.getContext('2d');
    if (context) paintOn(context, plate, subject);
    place();
  };
  const place = () => {
    if (!plate) return;
    const { x, y, zoom } = placingOf(plate, screen());
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
  };
  draw();
  return {
    follow: (now: Seen): void => {
      state = now;
      if (!isSeen()) return;
      if (!plate) return draw();
      // Moved in the turn of its event, with the elements that lie on it; painted at most once a frame.
      place();
      if (!serves(plate, screen(), all)) frame ||= requestAnimationFrame(draw);
      clearTimeout(rest);
      rest = setTimeout(draw, REST);
    },
    /** Another picture; where little differs, as in a drag, all else is not painted anew. */
    show(now: Subject): void {
      const before = subject;
      if (now.picture === before.picture && now.inks === before.inks) return;
      subject = now;
      all = extentOf(now.picture);
      const context = canvas.getContext('2d');
      const isOnPlate = plate && serves(plate, screen(), all) && before.inks === now.inks;
      if (!context || !plate || !isOnPlate || !ground.paintOver(context, plate, before.picture, now)) draw();
    },
    end(): void {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
    },
  };
}

function paintOn(context: CanvasRenderingContext2D, plate: Plate, { picture, inks }: Subject): void {
  const { canvas } = context;
  const { columns, rows } = plate;
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (canvas.width === columns && canvas.height === rows) context.clearRect(0, 0, columns, rows);
  else Object.assign(canvas, { width: columns, height: rows });
  const density = plate.scale / plate.zoom;
  Object.assign(canvas.style, { width: `${columns / density}px`, height: `${rows / density}px` });
  paint({ context, view: plate, scale: plate.scale, inks }, picture);
}
