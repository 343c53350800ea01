import type { Position } from '../graph/graph';
import { pathThrough } from './wirePath';

/** The colours that ribbons have in turn, so that streams beside each other are told apart. */
export const RIBBON_TONES = [0, 1, 2] as const;

/** How wide a ribbon is, in units of the graph: wider than the widest wire, narrower than what stands between two of them. */
export const RIBBON_WIDTH = 14;

/** Which of the colours the ribbon of a stream has, by its number. */
export function ribbonTone(stream: number): number {
  return stream % RIBBON_TONES.length;
}

/** The SVG path of a ribbon under a wire with these corners. Without hops: a ribbon is a ground, and no line. */
export function ribbonPath(corners: readonly Position[]): string {
  return pathThrough(corners, []);
}
