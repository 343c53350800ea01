import { ViewportPortal } from '@xyflow/react';
import { useGestures } from './gestures';

/** Half of the length of a guide: longer than any window shows. */
const LONG = 4000;

/** The lines in which a dragged layer stands with others. */
export function Guides() {
  const { x, y } = useGestures((state) => state.guides);
  if (x === null && y === null) return null;
  return (
    <ViewportPortal>
      {x !== null && <div className="guide" style={{ left: x, top: -LONG, width: 1, height: 2 * LONG }} />}
      {y !== null && <div className="guide" style={{ left: -LONG, top: y, width: 2 * LONG, height: 1 }} />}
    </ViewportPortal>
  );
}
