import { RIBBON_WIDTH, ribbonPath } from '../../shared/picture/ribbons';
import type { PlacedWire } from '../../shared/picture/courses';
import type { Sheet } from './paint';
import type { PaintedRibbon } from './picture';

/** Pixels that a ribbon keeps however far out it is seen. */
const LEAST = 3;

/** Behind wires and layers. */
export function paintRibbons({ context, view, scale, inks }: Sheet, ribbons: readonly PaintedRibbon[]): void {
  if (ribbons.length === 0) return;
  context.setTransform(scale, 0, 0, scale, -view.x * scale, -view.y * scale);
  context.lineWidth = Math.max(RIBBON_WIDTH, LEAST / scale);
  context.lineCap = 'round';
  for (const { wire, tone } of ribbons) {
    context.strokeStyle = inks.ribbons[tone] ?? inks.shortcut;
    context.stroke(traceOf(wire));
  }
  context.lineCap = 'butt';
}

const traces = new WeakMap<PlacedWire, Path2D>();

/** A wire keeps its object as long as it keeps its way. */
function traceOf(wire: PlacedWire): Path2D {
  const known = traces.get(wire);
  if (known) return known;
  const path = new Path2D(ribbonPath(wire.corners));
  traces.set(wire, path);
  return path;
}
