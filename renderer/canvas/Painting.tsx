import { useStoreApi, type ReactFlowState } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { useHeat } from '../state/heat';
import { prepareIconPaths } from './iconPaths';
import type { Inks } from './inks';
import { paint } from './paint';
import { extentOf, pictureOf, type Picture, type PictureInputs } from './picture';
import { placingOf, plateFor, serves, type Plate } from './plate';
import { followView, viewOf } from './useStage';

interface PaintingProps extends Omit<PictureInputs, 'heat'> {
  readonly inks: Inks;
}

/** The network where so much of it is in view that elements would be too slow. Takes no part in pointing or reading: see `useAtHand`. */
export function Painting({ scene, current, blocks, analysis, selection, tints, ghosts, streams, inks }: PaintingProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const heat = useHeat(({ values }) => values);
  const picture = useMemo(
    () => pictureOf({ scene, current, blocks, analysis, selection, tints, ghosts, heat, streams }),
    [scene, current, blocks, analysis, selection, tints, ghosts, heat, streams],
  );
  useEffect(prepareIconPaths, []);
  useEffect(() => {
    if (!canvas.current) return;
    const painter = createPainter(canvas.current, picture, inks);
    painter.follow(store.getState());
    const stop = followView(store, painter.follow);
    return () => {
      stop();
      painter.end();
    };
  }, [store, picture, inks]);
  return <canvas ref={canvas} className="painting" aria-hidden />;
}

/** Milliseconds after the last move until what was only moved or scaled is painted as sharp as it can be. */
const REST = 120;

/** Paints a plate with all that there is around the view, moves it with the view, and paints another one where it no longer does. */
function createPainter(canvas: HTMLCanvasElement, picture: Picture, inks: Inks) {
  const all = extentOf(picture);
  let plate: Plate | undefined;
  let state: Pick<ReactFlowState, 'transform' | 'width' | 'height'>;
  let frame = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const screen = () => ({ view: viewOf(state), density: window.devicePixelRatio });
  const draw = () => {
    frame = 0;
    plate = plateFor(screen(), all);
    const context = canvas.getContext('2d');
    if (context) paintOn(context, plate, picture, inks);
    place();
  };
  const place = () => {
    if (!plate) return;
    const { x, y, zoom } = placingOf(plate, screen());
    canvas.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
  };
  return {
    follow: (now: typeof state): void => {
      state = now;
      if (now.width === 0 || now.height === 0) return;
      if (!plate) return draw();
      // Moved in the turn of its event, with the elements that lie on it; painted at most once a frame.
      place();
      if (!serves(plate, screen(), all)) frame ||= requestAnimationFrame(draw);
      clearTimeout(rest);
      rest = setTimeout(draw, REST);
    },
    end(): void {
      cancelAnimationFrame(frame);
      clearTimeout(rest);
    },
  };
}

function paintOn(context: CanvasRenderingContext2D, plate: Plate, picture: Picture, inks: Inks): void {
  const { canvas } = context;
  const { columns, rows } = plate;
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (canvas.width === columns && canvas.height === rows) context.clearRect(0, 0, columns, rows);
  else Object.assign(canvas, { width: columns, height: rows });
  const density = plate.scale / plate.zoom;
  Object.assign(canvas.style, { width: `${columns / density}px`, height: `${rows / density}px` });
  paint({ context, view: plate, scale: plate.scale, inks }, picture);
}
