import type { SkipDocument } from '../document/document';
import type { FlowDirection } from '../graph/direction';
import type { GraphNode, NodeId } from '../graph/graph';
import type { NetworkAnalysis, NodeAnalysis } from '../infer/analysis';
import { formatShape } from '../graph/tensor';
import { compareDocuments, type DocumentDifferences, type FieldChange, type PlaceDifferences, type WireChange } from './compareDocuments';

/** What is known of a layer, or of all its copies where it stands inside a block; null where it is unknown. */
export interface Figures {
  /** Of its outputs, of the first copy. */
  readonly shape: string | null;
  readonly parameters: number | null;
  readonly macs: number | null;
}

/** A layer on one side of the comparison. */
export interface LayerSide extends Figures {
  readonly id: NodeId;
  readonly name: string;
  readonly type: string;
}

/**
 * `changed`: its own parameters, kind or name; `affected`: nothing of itself, but another shape or cost because of what
 * comes before it; `moved`: it only stands elsewhere, or got or lost the mark that keeps it there.
 */
export type LayerChangeKind = 'added' | 'removed' | 'changed' | 'affected' | 'moved';

export interface LayerChange {
  readonly kind: LayerChangeKind;
  /** Name of the block in whose definition it stands; null: in the network itself. */
  readonly block: string | null;
  readonly before?: LayerSide;
  readonly after?: LayerSide;
  readonly params: readonly FieldChange[];
  readonly isMoved: boolean;
  /** Whether arranging leaves it where a person put it; left out where that is as before. */
  readonly placed?: boolean;
}

/** A graph that runs another way than before. */
export interface DirectionChange {
  readonly block: string | null;
  readonly before: FlowDirection;
  readonly after: FlowDirection;
}

export interface BlockChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly name: string;
  readonly layers: number;
  readonly fields: readonly FieldChange[];
}

/** What the whole network is and costs; sums leave out the layers of which they are not known. */
export interface DesignTotals {
  readonly layers: number;
  readonly parameters: number;
  readonly trainableParameters: number;
  readonly macs: number;
  readonly errors: number;
  /** Layers that the sums leave out. */
  readonly unknownParameters: number;
  readonly unknownMacs: number;
}

/** The difference of two designs, as `skipwire diff --json` writes it. */
export interface DesignDiff {
  readonly totals: { readonly before: DesignTotals; readonly after: DesignTotals };
  readonly layers: readonly LayerChange[];
  readonly wires: readonly (WireChange & { readonly block: string | null })[];
  readonly blocks: readonly BlockChange[];
  readonly settings: readonly FieldChange[];
  /** Frames and notes that were added, removed or changed. */
  readonly annotations: number;
  readonly directions: readonly DirectionChange[];
}

/** A document with what is known of it. */
export interface Design {
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
}

/** Compares two documents layer by layer: what was done, and what follows from it in shapes, parameters and MACs. */
export function diffDesigns(before: Design, after: Design, differences = compareDocuments(before.document, after.document)): DesignDiff {
  const [old, now] = [figuresOf(before), figuresOf(after)];
  return {
    totals: { before: totalsOf(before), after: totalsOf(after) },
    layers: differences.places.flatMap((place) => layerChanges(place, old, now)),
    wires: differences.places.flatMap((place) => place.wires.map((wire) => ({ ...wire, block: nameOf(place) }))),
    blocks: blockChanges(differences),
    settings: differences.settings,
    annotations: differences.places.reduce((sum, { annotations }) => sum + annotations, 0),
    directions: differences.places.flatMap((place) => (place.direction ? [{ block: nameOf(place), ...place.direction }] : [])),
  };
}

/** Whether there is nothing to tell. With `ignoreMoves`, where layers stand and which way a graph runs is no difference. */
export function isSameDesign({ layers, wires, blocks, settings, annotations, directions }: DesignDiff, ignoreMoves = false): boolean {
  const told = ignoreMoves ? layers.filter(({ kind }) => kind !== 'moved') : layers;
  return told.length + wires.length + blocks.length + settings.length + (ignoreMoves ? 0 : annotations + directions.length) === 0;
}

function totalsOf({ analysis: { flat, totals, problems } }: Design): DesignTotals {
  const { parameters, trainableParameters, macs, unknownParameters, unknownMacs } = totals;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return { layers: flat.nodes.size, parameters, trainableParameters, macs, errors, unknownParameters, unknownMacs };
}

type FiguresAt = (block: string | undefined, id: NodeId) => Figures;

/** Figures by place: of a layer inside a definition, over all its copies in the expanded network. */
function figuresOf({ analysis }: Design): FiguresAt {
  const places = new Map<string, Set<string>>();
  for (const { path, source } of analysis.flat.nodes.values()) {
    if (source.graph === 'network') continue;
    const known = places.get(source.graph.block) ?? new Set();
    known.add(path.slice(0, path.length - source.id.length));
    places.set(source.graph.block, known);
  }
  return (block, id) => {
    const prefixes = block === undefined ? [''] : [...(places.get(block) ?? [])];
    return summed(prefixes.flatMap((prefix) => analysis.nodes.get(prefix + id) ?? []));
  };
}

function summed(copies: readonly NodeAnalysis[]): Figures {
  const shapes = Object.values(copies[0]?.outputs ?? {}).map(({ shape }) => formatShape(shape));
  const sum = (key: 'parameters' | 'macs') =>
    copies.reduce<number | null>((total, { [key]: value }) => (total === null || value === undefined ? null : total + value), 0);
  if (copies.length === 0) return { shape: null, parameters: null, macs: null };
  return { shape: shapes.length === 0 ? null : shapes.join(', '), parameters: sum('parameters'), macs: sum('macs') };
}

function nameOf({ block }: PlaceDifferences): string | null {
  return block?.after.name ?? null;
}

function layerChanges(place: PlaceDifferences, old: FiguresAt, now: FiguresAt): readonly LayerChange[] {
  const block = nameOf(place);
  const [was, is] = [place.block?.before.id, place.block?.after.id];
  const side = (node: GraphNode, figures: FiguresAt, inside: string | undefined): LayerSide => {
    const { id, name, type } = node;
    return { id, name, type, ...figures(inside, id) };
  };
  const alone = { block, params: [], isMoved: false };
  return [
    ...place.removed.map((node): LayerChange => ({ ...alone, kind: 'removed', before: side(node, old, was) })),
    ...place.added.map((node): LayerChange => ({ ...alone, kind: 'added', after: side(node, now, is) })),
    ...place.pairs.flatMap(([before, after]): LayerChange[] => {
      const sides = { before: side(before, old, was), after: side(after, now, is) };
      const own = place.kept.get(after.id) ?? { params: [], isMoved: false };
      const kind = kindOf(sides.before, sides.after, own.params.length > 0, own.isMoved || own.placed !== undefined);
      return kind ? [{ kind, block, ...sides, ...own }] : [];
    }),
  ];
}

function kindOf(before: LayerSide, after: LayerSide, isChanged: boolean, isMoved: boolean): LayerChangeKind | undefined {
  if (isChanged || before.name !== after.name) return 'changed';
  // What is unknown on a side is told where it begins: at the shape.
  const differs = (key: 'parameters' | 'macs') => before[key] !== null && after[key] !== null && before[key] !== after[key];
  const isAffected = before.shape !== after.shape || differs('parameters') || differs('macs');
  return isAffected ? 'affected' : isMoved ? 'moved' : undefined;
}

function blockChanges({ places, blocksAdded, blocksRemoved }: DocumentDifferences): readonly BlockChange[] {
  const layersIn = (block: { readonly graph: { readonly nodes: object } }) => Object.keys(block.graph.nodes).length;
  return [
    ...blocksRemoved.map((block): BlockChange => ({ kind: 'removed', name: block.name, layers: layersIn(block), fields: [] })),
    ...blocksAdded.map((block): BlockChange => ({ kind: 'added', name: block.name, layers: layersIn(block), fields: [] })),
    ...places.flatMap(({ block, fields }): BlockChange[] =>
      block && fields.length > 0 ? [{ kind: 'changed', name: block.after.name, layers: layersIn(block.after), fields }] : [],
    ),
  ];
}
