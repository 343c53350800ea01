import type { EdgeId, NodeId } from '../../shared/graph/graph';
import { boxOfLayer, encloses, grown, overlaps, type Box } from '../../shared/picture/geometry';
import type { PlacedWire } from '../../shared/picture/courses';
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
  /** Elements take the painting's place, some in each frame: more of them are to come. */
  readonly isComing: boolean;
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
  isComing: false,
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
/** So many fewer are elements again, so that a small move never switches to and fro. */
const BACK = 0.8;
/** Elements that are made in one frame when the view has come to rest. */
const STEP = 40;
/** More new elements than this are not made in the midst of a zoom, or of a move: what is seen is painted until it is at rest. */
const MOST_IN_ZOOM = 16;
const MOST_IN_MOVE = 64;

/** Chooses from a scene; keeps the sets of before where they hold the same. */
export function createStager() {
  let before = emptyStage;
  let zoom = 1;
  return function stageOf(scene: Scene, view: View, held: Held, isMoving = false): Stage {
    const wasPainted = before.isPainted;
    const isTooMuch = isMoving && !wasPainted && wouldMakeMany(before, scene, view, view.zoom < zoom ? MOST_IN_ZOOM : MOST_IN_MOVE);
    zoom = view.zoom;
    if (isTooMuch || isCrowded(scene, view, wasPainted, isMoving)) before = painted(before, scene, view, held);
    else before = staged(before, scene, view, held, isMoving ? Infinity : STEP);
    return before;
  };
}

/** Only what is held, and for one frame what was there. */
function painted(before: Stage, scene: Scene, view: View, held: Held): Stage {
  const isLeaving = !before.isPainted && before.nodes.size > 0;
  const nodes = new Set(held.nodes);
  const edges = new Set(held.edges);
  if (isLeaving) {
    for (const layer of scene.layers) if (before.nodes.has(layer.id) && overlaps(boxOfLayer(layer), view)) nodes.add(layer.id);
    for (const wire of scene.ways.courses.values()) if (before.edges.has(wire.id) && overlaps(wire.bounds, view)) edges.add(wire.id);
  }
  return stageWith({ covered: marginAround(view), isPainted: true, isLeaving, isComing: false }, { nodes, edges }, scene, before);
}

/** What is near the view; over a painting no more than so many new layers at once, those in view first. */
function staged(before: Stage, scene: Scene, view: View, held: Held, step: number): Stage {
  const covered = marginAround(view);
  const nodes = new Set(held.nodes);
  let left = before.isPainted || before.isComing ? step : Infinity;
  const addAll = (near: Box) => {
    let isWhole = true;
    for (const layer of scene.layers) {
      if (nodes.has(layer.id) || !overlaps(boxOfLayer(layer), near)) continue;
      const isNew = !before.nodes.has(layer.id);
      if (isNew && left <= 0) isWhole = false;
      else nodes.add(layer.id);
      if (isNew) left -= 1;
    }
    return isWhole;
  };
  const isSeen = addAll(view);
  const isComing = !addAll(covered);
  const edges = new Set(held.edges);
  const isReady = ({ edge, bounds }: PlacedWire) =>
    !isComing || (isSeen && overlaps(bounds, view)) || (nodes.has(edge.from.node) && nodes.has(edge.to.node));
  for (const wire of scene.ways.courses.values()) if (overlaps(wire.bounds, covered) && isReady(wire)) edges.add(wire.id);
  const state = { covered: isComing ? view : covered, isPainted: before.isPainted && !isSeen, isLeaving: false, isComing };
  return stageWith(state, { nodes, edges }, scene, before);
}

function marginAround(view: View): Box {
  return grown(view, view.width * MARGIN, view.height * MARGIN);
}

function stageWith(
  state: Omit<Stage, 'nodes' | 'edges'>,
  { nodes, edges }: { readonly nodes: Set<NodeId>; readonly edges: Set<EdgeId> },
  scene: Scene,
  before: Stage,
): Stage {
  // React Flow draws a wire only between layers that it knows.
  for (const id of edges) {
    const edge = scene.ways.courses.get(id)?.edge;
    if (edge) nodes.add(edge.from.node).add(edge.to.node);
  }
  return { ...state, nodes: sameOr(before.nodes, nodes), edges: sameOr(before.edges, edges) };
}

/** Whether a stage no longer does for what is seen now. */
export function isOutdated({ covered, isPainted, isComing }: Stage, scene: Scene, view: View, isMoving = false): boolean {
  const isMuchTooLarge = covered.width * covered.height > 16 * view.width * view.height;
  if (isComing && isMoving) return true;
  return !encloses(covered, view) || (isMuchTooLarge && !isPainted) || isCrowded(scene, view, isPainted, isMoving) !== isPainted;
}

function isCrowded({ layers }: Scene, view: View, isPainted: boolean, isMoving: boolean): boolean {
  const crowd = view.zoom < FAR ? FAR_CROWD : CROWD;
  const limit = isPainted ? crowd * BACK : crowd;
  if (layers.length <= limit) return false;
  // What is painted stays so until the view rests.
  if (isPainted && isMoving) return true;
  let count = 0;
  for (const layer of layers) {
    if (overlaps(boxOfLayer(layer), view)) count += 1;
    if (count > limit) return true;
  }
  return false;
}

/** Whether more than so many layers would become elements that are none yet. Networks that are never painted have no other way. */
function wouldMakeMany({ covered, nodes }: Stage, { layers }: Scene, view: View, most: number): boolean {
  if (layers.length <= FAR_CROWD || encloses(covered, view)) return false;
  const near = marginAround(view);
  let count = 0;
  for (const layer of layers) {
    if (!nodes.has(layer.id) && overlaps(boxOfLayer(layer), near)) count += 1;
    if (count > most) return true;
  }
  return false;
}

function sameOr<T>(before: ReadonlySet<T>, now: ReadonlySet<T>): ReadonlySet<T> {
  return before.size === now.size && [...now].every((item) => before.has(item)) ? before : now;
}
