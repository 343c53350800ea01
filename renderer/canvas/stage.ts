import type { EdgeId, NodeId } from '../../shared/graph/graph';
import { boxOfLayer, encloses, grown, overlaps, type Box } from '../../shared/picture/geometry';
import type { Scene } from './scene';

/** The part of the graph that the window shows, and how large. */
export interface View extends Box {
  readonly zoom: number;
}

/** What React Flow is given of a scene. All else costs nothing, however large the network is. */
export interface Stage {
  /** What is seen may move in here without anything being given anew. */
  readonly covered: Box;
  /** So much is seen that it is painted: elements stand only for what the pointer or the keyboard is at. */
  readonly isPainted: boolean;
  /** The painting has only just come: elements go with the next frame, so that neither waits for the other. */
  readonly isLeaving: boolean;
  readonly nodes: ReadonlySet<NodeId>;
  readonly edges: ReadonlySet<EdgeId>;
}

/** Must be there wherever it is: what has the focus, what is under the pointer, what is dragged, where a wire begins. */
export interface Held {
  readonly nodes: ReadonlySet<NodeId>;
  readonly edges: ReadonlySet<EdgeId>;
}

export const emptyStage: Stage = {
  covered: { x: 0, y: 0, width: 0, height: 0 },
  isPainted: false,
  isLeaving: false,
  nodes: new Set(),
  edges: new Set(),
};

/** Of the view, on each side: how far it moves before more is given. */
const MARGIN = 0.5;
/** Below this zoom a layer is a coloured block with its name. */
export const FAR = 0.42;
/** More layers than this in view are painted; fewer from where on an element looks as it is painted. */
const CROWD = 160;
const FAR_CROWD = 96;
/** So many fewer are elements again, so that a small move never switches to and fro; while the view moves, what is drawn in one frame. */
const BACK = 0.8;
const MOVING_BACK = 48;

/** Chooses from a scene; keeps the sets of before where they hold the same. */
export function createStager() {
  let before = emptyStage;
  return function stageOf(scene: Scene, view: View, held: Held, isMoving = false): Stage {
    const isPainted = isCrowded(scene, view, before.isPainted, isMoving);
    const isLeaving = isPainted && !before.isPainted && before.nodes.size > 0;
    const covered = grown(view, view.width * MARGIN, view.height * MARGIN);
    const edges = new Set(held.edges);
    const nodes = new Set(held.nodes);
    if (!isPainted || isLeaving) {
      const near = isLeaving ? view : covered;
      const isStill = (known: ReadonlySet<string>, id: string) => !isLeaving || known.has(id);
      for (const layer of scene.layers) if (isStill(before.nodes, layer.id) && overlaps(boxOfLayer(layer), near)) nodes.add(layer.id);
      for (const wire of scene.ways.courses.values()) if (isStill(before.edges, wire.id) && overlaps(wire.bounds, near)) edges.add(wire.id);
    }
    // React Flow draws a wire only between layers that it knows.
    for (const id of edges) {
      const edge = scene.ways.courses.get(id)?.edge;
      if (edge) nodes.add(edge.from.node).add(edge.to.node);
    }
    before = { covered, isPainted, isLeaving, nodes: sameOr(before.nodes, nodes), edges: sameOr(before.edges, edges) };
    return before;
  };
}

/** Whether a stage no longer does for what is seen now. */
export function isOutdated({ covered, isPainted }: Stage, scene: Scene, view: View, isMoving = false): boolean {
  const isMuchTooLarge = covered.width * covered.height > 16 * view.width * view.height;
  return !encloses(covered, view) || (isMuchTooLarge && !isPainted) || isCrowded(scene, view, isPainted, isMoving) !== isPainted;
}

function isCrowded({ layers }: Scene, view: View, isPainted: boolean, isMoving: boolean): boolean {
  const crowd = view.zoom < FAR ? FAR_CROWD : CROWD;
  const limit = isPainted ? (isMoving ? MOVING_BACK : crowd * BACK) : crowd;
  if (layers.length <= limit) return false;
  let count = 0;
  for (const layer of layers) {
    if (overlaps(boxOfLayer(layer), view)) count += 1;
    if (count > limit) return true;
  }
  return false;
}

function sameOr<T>(before: ReadonlySet<T>, now: ReadonlySet<T>): ReadonlySet<T> {
  return before.size === now.size && [...now].every((item) => before.has(item)) ? before : now;
}
