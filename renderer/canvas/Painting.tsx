import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef } from 'react';
import { useHeat } from '../state/heat';
import type { Inks } from './inks';
import { paint } from './paint';
import { pictureOf, type PictureInputs } from './picture';
import { viewOf } from './useStage';

interface PaintingProps extends Omit<PictureInputs, 'heat'> {
  readonly inks: Inks;
}

/** The network where so much of it is in view that elements would be too slow. Takes no part in pointing or reading: see `useAtHand`. */
export function Painting({ scene, current, analysis, selection, tints, ghosts, inks }: PaintingProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const heat = useHeat(({ values }) => values);
  const picture = useMemo(
    () => pictureOf({ scene, current, analysis, selection, tints, ghosts, heat }),
    [scene, current, analysis, selection, tints, ghosts, heat],
  );
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      frame = 0;
      const context = canvas.current?.getContext('2d');
      const { width, height, transform } = store.getState();
      if (!context || width === 0) return;
      const density = window.devicePixelRatio;
      fit(context, Math.round(width * density), Math.round(height * density));
      const view = viewOf({ width, height, transform });
      paint({ context, view, scale: view.zoom * density, inks }, picture);
    };
    const ask = () => (frame ||= requestAnimationFrame(draw));
    draw();
    const stop = store.subscribe((state, before) => {
      if (state.transform !== before.transform || state.width !== before.width || state.height !== before.height) ask();
    });
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  }, [store, picture, inks]);
  return <canvas ref={canvas} className="painting" aria-hidden />;
}

/** As many pixels as the screen has there, and all of them clear. */
function fit(context: CanvasRenderingContext2D, width: number, height: number): void {
  const { canvas } = context;
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (canvas.width === width && canvas.height === height) return context.clearRect(0, 0, width, height);
  canvas.width = width;
  canvas.height = height;
}
