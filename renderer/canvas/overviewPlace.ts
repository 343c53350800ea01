import type { Box } from '../../shared/picture/geometry';

/** Pixels that the overview takes, and how far it stands from the corner. */
export const OVERVIEW = { width: 148, height: 84, margin: 15 } as const;
/** A canvas lower than this, in pixels, is needed for the network itself: the overview would lie over layers. */
const LEAST_CANVAS = 3 * OVERVIEW.height;

/** Where the overview lies on a canvas of this size, in pixels; undefined where it has no room. */
export function overviewIn({ height }: { readonly width: number; readonly height: number }): Box | undefined {
  if (height < LEAST_CANVAS) return undefined;
  const { margin } = OVERVIEW;
  return { x: margin, y: height - margin - OVERVIEW.height, width: OVERVIEW.width, height: OVERVIEW.height };
}
