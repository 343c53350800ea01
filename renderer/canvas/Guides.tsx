import { useStoreApi, ViewportPortal } from '@xyflow/react';
import { memo } from 'react';
import { grown } from '../../shared/picture/geometry';
import { useSession } from '../state/session';
import { useGestures, type Gap } from './gestures';
import { viewOf } from './useStage';

/** Length of the ends of a gap, in pixels. */
const TICK = 7;

/** The lines in which a dragged layer stands with others, and the gaps that are alike; as thin from afar as from near. */
export const Guides = memo(function Guides() {
  const store = useStoreApi();
  const { x, y, gaps } = useGestures((state) => state.guides);
  const pixel = useSession(({ zoom }) => 1 / zoom);
  if (x === null && y === null && gaps.length === 0) return null;
  // Over the view, wherever in the graph that is, and as much again on each side: guides are made anew at each step of a drag.
  const view = viewOf(store.getState());
  const long = grown(view, view.width, view.height);
  return (
    <ViewportPortal>
      {x !== null && <div className="guide" style={{ left: x, top: long.y, width: pixel, height: long.height }} />}
      {y !== null && <div className="guide" style={{ left: long.x, top: y, width: long.width, height: pixel }} />}
      {gaps.map((gap) => (
        <GapLine key={`${gap.axis} ${gap.from}`} gap={gap} pixel={pixel} />
      ))}
    </ViewportPortal>
  );
});

function GapLine({ gap: { axis, from, to, at }, pixel }: { readonly gap: Gap; readonly pixel: number }) {
  const tick = TICK * pixel;
  const pieces = [
    { start: from, length: to - from, across: at, width: pixel },
    ...[from, to - pixel].map((start) => ({ start, length: pixel, across: at - tick / 2, width: tick })),
  ];
  return pieces.map(({ start, length, across, width }, index) => (
    <div
      key={index}
      className="guide"
      style={
        axis === 'x' ? { left: start, top: across, width: length, height: width } : { left: across, top: start, width, height: length }
      }
    />
  ));
}
