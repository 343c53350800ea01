import { ViewportPortal } from '@xyflow/react';
import { memo } from 'react';
import type { EdgeId } from '../../shared/graph/graph';
import { RIBBON_WIDTH, ribbonPath, ribbonTone } from '../../shared/picture/ribbons';
import type { PlacedWire } from '../../shared/picture/courses';

interface RibbonsProps {
  readonly streams: ReadonlyMap<EdgeId, number>;
  readonly courses: ReadonlyMap<EdgeId, PlacedWire>;
  /** The wires that are elements: only under these is a ribbon one, too. */
  readonly staged: ReadonlySet<EdgeId>;
}

/** Ribbons along residual streams, behind the wires. For the eye only: a wire says by itself what it joins. */
export function Ribbons({ streams, courses, staged }: RibbonsProps) {
  return (
    <ViewportPortal>
      <svg className="ribbons" aria-hidden strokeWidth={RIBBON_WIDTH}>
        {[...staged].map((id) => {
          const [stream, wire] = [streams.get(id), courses.get(id)];
          return stream !== undefined && wire && <Ribbon key={id} wire={wire} tone={ribbonTone(stream)} />;
        })}
      </svg>
    </ViewportPortal>
  );
}

/** A wire keeps its object as long as it keeps its way: an edit draws the ribbons anew that it has moved. */
const Ribbon = memo(function Ribbon({ wire, tone }: { readonly wire: PlacedWire; readonly tone: number }) {
  return <path d={ribbonPath(wire.corners)} style={{ stroke: `var(--ribbon-${tone})` }} />;
});
