import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useHeat } from '../state/heat';
import type { Inks } from './inks';
import { createPainter } from './painter';
import { createPictures, type PictureInputs } from './picture';
import { followView } from './useStage';

interface PaintingProps extends Omit<PictureInputs, 'heat'> {
  readonly inks: Inks;
}

/** The network where so much of it is in view that elements would be too slow. Takes no part in pointing or reading: see `useAtHand`. */
export function Painting({ scene, current, blocks, analysis, selection, tints, ghosts, streams, inks }: PaintingProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const heat = useHeat(({ values }) => values);
  const [pictureOf] = useState(createPictures);
  const picture = useMemo(
    () => pictureOf({ scene, current, blocks, analysis, selection, tints, ghosts, heat, streams }),
    [pictureOf, scene, current, blocks, analysis, selection, tints, ghosts, heat, streams],
  );
  const painter = useRef<ReturnType<typeof createPainter>>(undefined);
  useEffect(() => {
    if (!canvas.current) return;
    if (painter.current) painter.current.show({ picture, inks });
    else painter.current = createPainter(canvas.current, { picture, inks }, store.getState());
  }, [store, picture, inks]);
  useEffect(() => {
    const stop = followView(store, (state) => painter.current?.follow(state));
    return () => {
      stop();
      painter.current?.end();
      painter.current = undefined;
    };
  }, [store]);
  return <canvas ref={canvas} className="painting" aria-hidden />;
}
