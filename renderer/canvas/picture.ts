import type { FlowDirection } from '../../shared/graph/direction';
import type { EdgeId, GraphEdge, Position } from '../../shared/graph/graph';
import type { NodePath } from '../../shared/infer/analysis';
import type { HeatValue } from '../../shared/infer/heat';
import { kindOf, skipsOf, type Kind } from '../../shared/picture/face';
import { boundsOfBoxes, boxOfLayer, type Box, type PlacedNode } from '../../shared/picture/geometry';
import { ribbonTone } from '../../shared/picture/ribbons';
import type { PlacedWire } from '../../shared/picture/courses';
import { pathIn } from '../state/location';
import type { Selection } from '../state/session';
import type { Ghost, Tint } from './flowTypes';
import type { GhostGraph } from './ghosts';
import { createReadable, type Readable, type ReadableInputs } from './readable';
import type { Scene } from './scene';
import type { Tints } from './tints';

/** A layer as it is painted. */
export interface PaintedLayer {
  readonly place: PlacedNode;
  readonly kind: Kind;
  readonly name: string;
  /** Arcs over a residual block. */
  readonly skips: number;
  readonly severity: 'error' | 'warning' | undefined;
  /** Of what the canvas is coloured by, 0 to 1; undefined where it is not, and on what is wrong. */
  readonly heat: number | undefined;
  /** Without its kind's ground: the canvas is coloured by figures, for which it would be taken. */
  readonly isPale: boolean;
  readonly isSelected: boolean;
  readonly tint: Tint | undefined;
  readonly ghost: Ghost | undefined;
}

/** A wire as it is painted. */
export interface PaintedWire {
  readonly wire: PlacedWire;
  readonly hops: readonly Position[] | undefined;
  readonly look: 'plain' | 'unknown' | 'selected' | 'removed' | Tint;
}

/** A wire that lies on a ribbon, and which of the ribbons' colours this has. */
export interface PaintedRibbon {
  readonly wire: PlacedWire;
  readonly tone: number;
}

/** A network as it is painted; plain wires come first and marked layers last, so that these lie on top. */
export interface Picture {
  readonly layers: readonly PaintedLayer[];
  readonly wires: readonly PaintedWire[];
  readonly ribbons: readonly PaintedRibbon[];
  /** What is read of it from near. */
  readonly readable: Readable;
  /** Which way it runs. */
  readonly direction: FlowDirection;
}

export interface PictureInputs extends ReadableInputs {
  readonly scene: Scene;
  readonly selection: Selection;
  readonly tints: Tints;
  readonly ghosts: Pick<GhostGraph, 'nodes' | 'edges'>;
  readonly heat: ReadonlyMap<NodePath, HeatValue>;
  /** Wires on ribbons, by the number of their stream. */
  readonly streams: ReadonlyMap<EdgeId, number>;
}

/**
 * Makes pictures, each from the one before: where only places have changed, as in a drag, a layer or a wire that stands as it stood is the
 * same object.
 */
export function createPictures() {
  let last: { readonly inputs: PictureInputs; readonly layers: Known<PaintedLayer>; readonly wires: Known<PaintedWire> } | undefined;
  return function pictureOf(inputs: PictureInputs): Picture {
    const { scene, streams } = inputs;
    const { courses, hops } = scene.ways;
    const known = last && sameLooks(last.inputs, inputs) ? last : undefined;
    const layers = found(
      scene.layers,
      known?.layers,
      ({ place }, now) => place === now,
      (place) => paintedLayer(place, inputs),
    );
    const stands = (painted: PaintedWire, { id }: GraphEdge) => painted.wire === courses.get(id) && painted.hops === hops.get(id);
    const wires = found(scene.edges, known?.wires, stands, ({ id }) => paintedWire(id, inputs));
    last = { inputs, layers, wires };
    const ribbons = [...streams].flatMap(([id, stream]) => {
      const wire = courses.get(id);
      return wire ? [{ wire, tone: ribbonTone(stream) }] : [];
    });
    return {
      layers: markedLast(present(layers), isMarked),
      wires: markedLast(present(wires), ({ look }) => look !== 'plain' && look !== 'unknown'),
      ribbons,
      readable: createReadable(inputs),
      direction: scene.direction,
    };
  };
}

/** In the order of the scene, with gaps for what is not painted. */
type Known<T> = readonly (T | undefined)[];

function found<From, T>(
  items: readonly From[],
  known: Known<T> | undefined,
  stands: (painted: T, item: From) => boolean,
  make: (item: From) => T | undefined,
): Known<T> {
  const isAligned = known?.length === items.length;
  return items.map((item, index) => {
    const old = isAligned ? known[index] : undefined;
    return old !== undefined && stands(old, item) ? old : make(item);
  });
}

function present<T>(list: Known<T>): readonly T[] {
  return list.filter((item) => item !== undefined);
}

/** Whether everything but places is as it was. */
function sameLooks(a: PictureInputs, b: PictureInputs): boolean {
  return (Object.keys(b) as (keyof PictureInputs)[]).every((key) => key === 'scene' || a[key] === b[key]);
}

/** The rectangle around all that is painted. */
export function extentOf({ layers, wires }: Picture): Box {
  const boxes = [...layers.map(({ place }) => boxOfLayer(place)), ...wires.map(({ wire }) => wire.bounds)];
  return boxes.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : boundsOfBoxes(boxes);
}

function markedLast<T>(items: readonly T[], isLast: (item: T) => boolean): readonly T[] {
  const last = items.filter(isLast);
  return last.length === 0 ? items : [...items.filter((item) => !isLast(item)), ...last];
}

function isMarked({ severity, isSelected, tint }: PaintedLayer): boolean {
  return isSelected || severity !== undefined || tint !== undefined;
}

function paintedLayer(
  place: PlacedNode,
  { current, blocks, analysis, selection, tints, ghosts, heat }: PictureInputs,
): PaintedLayer | undefined {
  const node = current.graph.nodes[place.id];
  if (!node) return undefined;
  const path = pathIn(current.prefix, node.id);
  const known = analysis.nodes.get(path);
  const severity = known?.problems[0]?.severity;
  return {
    place,
    kind: kindOf(node),
    name: node.name,
    skips: skipsOf(node, blocks, known?.copies ?? 1),
    severity: severity === 'error' || severity === 'warning' ? severity : undefined,
    heat: severity === undefined ? heat.get(path)?.share : undefined,
    isPale: heat.size > 0,
    isSelected: selection.nodes.has(node.id),
    tint: tints.nodes.get(path),
    ghost: ghosts.nodes.get(node.id),
  };
}

function paintedWire(id: EdgeId, { scene, current, analysis, selection, tints, ghosts }: PictureInputs): PaintedWire | undefined {
  const wire = scene.ways.courses.get(id);
  if (!wire) return undefined;
  const { from } = wire.edge;
  const isKnown = analysis.nodes.get(pathIn(current.prefix, from.node))?.outputs[from.port] !== undefined;
  const tint = tints.edges.get(pathIn(current.prefix, id));
  const look = selection.edges.has(id)
    ? 'selected'
    : ghosts.edges.get(id) === 'removed'
      ? 'removed'
      : (tint ?? (isKnown ? 'plain' : 'unknown'));
  return { wire, hops: scene.ways.hops.get(id), look };
}
