import { create } from 'zustand';
import type { EdgeId, NodeId, Position } from '../../shared/graph/graph';

/** A wire on its way from a port. */
export interface Drawing {
  readonly node: NodeId;
  readonly port: string;
  readonly side: 'input' | 'output';
  /** Layers that cannot be its other end: they would close a circle. */
  readonly refused: ReadonlySet<NodeId>;
}

/** Lines that a dragged layer stands in, and distances that it keeps alike, in graph coordinates. */
export interface Guides {
  readonly x: number | null;
  readonly y: number | null;
  readonly gaps: readonly Gap[];
}

/** The room between two layers along an axis, at a place of the other one. */
export interface Gap {
  readonly axis: 'x' | 'y';
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

interface Gestures {
  readonly drawing: Drawing | null;
  /** The wire of which an end was taken off, to be put elsewhere. */
  readonly moved: EdgeId | null;
  /** What the pointer holds while it drags; what else moves along is not in it. */
  readonly dragged: readonly string[];
  /** A box is being drawn: what it touches is selected. */
  readonly isBoxing: boolean;
  /** The wire that would take what is dropped now. */
  readonly dropWire: EdgeId | null;
  readonly guides: Guides;
  /** Corners of a lasso, in the window's pixels. */
  readonly lasso: readonly Position[];
}

export const noGuides: Guides = { x: null, y: null, gaps: [] };

/** What the pointer is doing on the canvas: seen by those who draw it, gone when it ends. */
export const useGestures = create<Gestures>(() => ({
  drawing: null,
  moved: null,
  dragged: [],
  isBoxing: false,
  dropWire: null,
  guides: noGuides,
  lasso: [],
}));
