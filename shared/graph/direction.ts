import type { Graph, Position } from './graph';

/** Which way a graph runs on the canvas: along its main axis, from what feeds to what is fed. */
export type FlowDirection = 'right' | 'down';

/** All of them; the first is that of a graph that says nothing. */
export const FLOW_DIRECTIONS = ['right', 'down'] as const satisfies readonly FlowDirection[];

/** Which way a graph runs. */
export function directionOf({ direction = 'right' }: { readonly direction?: FlowDirection | undefined }): FlowDirection {
  return direction;
}

/** A graph that runs this way; the layers stay where they are. */
export function withDirection({ direction: _, ...graph }: Graph, direction: FlowDirection): Graph {
  return direction === 'right' ? graph : { ...graph, direction };
}

/**
 * The one change between the axes of a graph and those of the canvas: main (along the flow) and cross become x and y, or x and y main and
 * cross. Rules are written for a graph that runs to the right; for one that runs down, what they read and what they give is turned.
 */
export function turned<P extends Position>(place: P, direction: FlowDirection): P {
  return direction === 'right' ? place : { ...place, x: place.y, y: place.x };
}
