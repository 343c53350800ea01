import type { Position } from '../../shared/graph/graph';
import { pathThrough } from '../../shared/picture/wirePath';
import type { PlacedWire } from '../../shared/picture/courses';
import type { Inks } from './inks';
import type { Sheet } from './paint';
import type { PaintedWire } from './picture';

/** Width and dashes of a wire in units of the graph, as the styles of elements have them. */
interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash: readonly number[];
}

function strokeOf(look: PaintedWire['look'], inks: Inks): Stroke {
  if (look === 'selected') return { colour: inks.accent, width: 2.5, dash: [] };
  if (look === 'main') return { colour: inks.main, width: 2.5, dash: [] };
  if (look === 'shortcut') return { colour: inks.shortcut, width: 2.5, dash: [9, 4] };
  if (look === 'other') return { colour: inks.warning, width: 2.5, dash: [] };
  const dash = look === 'unknown' ? [5, 5] : look === 'removed' ? [2, 5] : [];
  return { colour: inks.wire, width: 2, dash };
}

/** With all their bends and hops, one by one. */
export function paintWires({ context, view, scale, inks }: Sheet, wires: readonly PaintedWire[]): void {
  context.setTransform(scale, 0, 0, scale, -view.x * scale, -view.y * scale);
  for (const [look, group] of byLook(wires)) {
    const { colour, width, dash } = strokeOf(look, inks);
    context.strokeStyle = colour;
    context.lineWidth = Math.max(width, 1 / scale);
    context.setLineDash([...dash]);
    for (const wire of group) context.stroke(traceOf(wire));
  }
  context.setLineDash([]);
}

const noHops: readonly Position[] = [];
const traces = new WeakMap<PlacedWire, { readonly hops: readonly Position[]; readonly path: Path2D }>();

/** A wire keeps its object as long as it keeps its way. */
function traceOf({ wire, hops = noHops }: PaintedWire): Path2D {
  const known = traces.get(wire);
  if (known?.hops === hops) return known.path;
  const path = new Path2D(pathThrough(wire.corners, hops));
  traces.set(wire, { hops, path });
  return path;
}

/** Far out a wire is level and upright strips of whole pixels: quick to fill, and as sharp as any. */
export function paintLines({ context, view, scale, inks }: Sheet, wires: readonly PaintedWire[]): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  for (const [look, group] of byLook(wires)) {
    const { colour, width } = strokeOf(look, inks);
    const thick = Math.max(1, Math.round(width * scale));
    context.fillStyle = colour;
    // Where thousands of lines lie side by side they are a texture, not a wall.
    context.globalAlpha = look === 'plain' || look === 'unknown' ? Math.min(1, 0.35 + 3 * view.zoom) : 1;
    for (const { wire } of group) fillLines(context, wire.corners, { scale, thick, x: view.x, y: view.y });
  }
  context.globalAlpha = 1;
}

interface Lines extends Position {
  readonly scale: number;
  readonly thick: number;
}

function fillLines(context: CanvasRenderingContext2D, corners: readonly Position[], { scale, thick, x, y }: Lines): void {
  let from = corners[0] as Position;
  for (let index = 1; index < corners.length; index += 1) {
    const to = corners[index] as Position;
    const left = Math.round((Math.min(from.x, to.x) - x) * scale);
    const top = Math.round((Math.min(from.y, to.y) - y) * scale);
    context.fillRect(left, top, Math.round(Math.abs(to.x - from.x) * scale) + thick, Math.round(Math.abs(to.y - from.y) * scale) + thick);
    from = to;
  }
}

function byLook(wires: readonly PaintedWire[]): ReadonlyMap<PaintedWire['look'], readonly PaintedWire[]> {
  const groups = new Map<PaintedWire['look'], PaintedWire[]>();
  for (const wire of wires) {
    const group = groups.get(wire.look);
    if (group) group.push(wire);
    else groups.set(wire.look, [wire]);
  }
  return groups;
}
