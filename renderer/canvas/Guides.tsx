import { ViewportPortal } from '@xyflow/react';
import { memo } from 'react';
import { useSession } from '../state/session';
import { useGestures, type Gap } from './gestures';

/** Half of the length of a guide, in pixels: longer than any window shows. */
const LONG = 4000;
/** Length of the ends of a gap, in pixels. */
const TICK = 7;

/** The lines in which a dragged layer stands with others, and the gaps that are alike; as thin from afar as from near. */
export const Guides = memo(function Guides() {
  const { x, y, gaps } = useGestures((state) => state.guides);
  const pixel = useSession(({ zoom }) => 1 / zoom);
  if (x === null && y === null && gaps.length === 0) return null;
  const long = LONG * pixel;
  return (
    <ViewportPortal>
      {x !== null && <div className="guide" style={{ left: x, top: (y ?? 0) - long, width: pixel, height: 2 * long }} />}
      {y !== null && <div className="guide" style={{ left: (x ?? 0) - long, top: y, width: 2 * long, height: pixel }} />}
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
