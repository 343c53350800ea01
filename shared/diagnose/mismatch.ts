import { compareDims, type Dim } from '../graph/dim';
import { parsePort } from '../graph/graph';
import { inWords } from '../graph/words';
import { arithmeticOf } from './arithmetic';
import type { Mismatch, MismatchPath, MismatchReport, MismatchRow, PartedAxis } from '../graph/problem';
import { formatShape, type Shape } from '../graph/tensor';
import type { FlatEdge, FlatGraph, NodeAnalysis, NodePath } from '../infer/analysis';
import { findLayer } from '../layers/index';

/** What the diagnosis reads; `position` is the place of each layer in the order of the flow. */
export interface DiagnosisInput {
  readonly flat: FlatGraph;
  readonly nodes: ReadonlyMap<NodePath, NodeAnalysis>;
  readonly position: ReadonlyMap<NodePath, number>;
  /** `3×3 · 128 · /2` of a layer. */
  readonly summary: (path: NodePath) => string;
}

/** The axes of an input that are in question: its own (dot), else those of the whole mismatch. */
export function axesInQuestion({ differing }: Mismatch, { axes }: MismatchRow): readonly number[] {
  return axes ?? differing;
}

/** For each axis in question its size in every input. */
export function sizesInQuestion(mismatch: Mismatch): readonly (readonly Dim[])[] {
  return mismatch.differing.map((_, index) => mismatch.rows.map((row) => row.shape[axesInQuestion(mismatch, row)[index] as number] as Dim));
}

/** From a merge whose inputs disagree to the fork where their paths parted and the layers that made the difference. */
export function diagnoseMismatch(input: DiagnosisInput, merge: NodePath, mismatch: Mismatch): MismatchReport {
  const edges = mismatch.rows.map((row) => input.flat.incoming.get(merge)?.find((edge) => edge.to.port === row.port) as FlatEdge);
  const fork = nearestFork(input, edges);
  const paths = mismatch.rows.map((row, index) => describePath(input, fork, edges[index] as FlatEdge, row, mismatch));
  return {
    ...mismatch,
    paths,
    ...(fork === undefined ? {} : { fork: { node: fork, path: nameOf(input, fork), shape: forkShape(input, fork, paths, edges) } }),
    cause: causeInWords(input, fork, paths, mismatch),
  };
}

/** The last layer that all paths come from. */
function nearestFork(input: DiagnosisInput, edges: readonly FlatEdge[]): NodePath | undefined {
  const ancestries = edges.map((edge) => ancestors(input, edge.from.node));
  let nearest: NodePath | undefined;
  for (const node of ancestries[0] ?? []) {
    if (!ancestries.every((ancestry) => ancestry.has(node))) continue;
    if (nearest === undefined || (input.position.get(node) ?? 0) > (input.position.get(nearest) ?? 0)) nearest = node;
  }
  return nearest;
}

function ancestors(input: DiagnosisInput, start: NodePath): Set<NodePath> {
  const seen = new Set([start]);
  const queue = [start];
  for (let index = 0; index < queue.length; index += 1) {
    for (const edge of input.flat.incoming.get(queue[index] as NodePath) ?? []) {
      if (seen.has(edge.from.node)) continue;
      seen.add(edge.from.node);
      queue.push(edge.from.node);
    }
  }
  return seen;
}

/** The wires from where a path starts to the merge along one input, in the order of the flow. Of several ways the one with the fewest layers. */
function wiresFrom(input: DiagnosisInput, start: NodePath, last: FlatEdge): FlatEdge[] {
  const leadsTo = new Map<NodePath, FlatEdge>();
  const queue: FlatEdge[] = [last];
  for (let index = 0; index < queue.length; index += 1) {
    const edge = queue[index] as FlatEdge;
    const node = edge.from.node;
    if (leadsTo.has(node)) continue;
    leadsTo.set(node, edge);
    if (node === start) break;
    queue.push(...(input.flat.incoming.get(node) ?? []));
  }
  const wires: FlatEdge[] = [];
  for (let edge = leadsTo.get(start); edge; edge = edge === last ? undefined : leadsTo.get(edge.to.node)) wires.push(edge);
  return wires;
}

function describePath(
  input: DiagnosisInput,
  fork: NodePath | undefined,
  last: FlatEdge,
  row: MismatchRow,
  mismatch: Mismatch,
): MismatchPath {
  const start = fork ?? onlyInput(input, last.from.node) ?? last.from.node;
  const wires = wiresFrom(input, start, last);
  const nodes = wires.slice(1).map((edge) => edge.from.node);
  const differing = axesInQuestion(mismatch, row);
  const parts = partsOf(input, wires, mismatch.axes, differing);
  // Of sizes with letters it may not be proven that they differ: then it is the first layer that makes another expression.
  const parted = firstParted(input, wires, differing) ?? parts[0]?.node;
  return {
    port: row.port,
    from: last.from.node,
    fromPath: nameOf(input, last.from.node),
    ...(fork === undefined ? { start } : {}),
    nodes,
    edges: wires.map((edge) => edge.id),
    isLight: wires.slice(1).every(({ from }) => isLight(input, from.node)),
    ...(parted === undefined ? {} : { parted }),
    parts,
  };
}

/** The one input of the network that a path without a fork begins at; undefined where there are several. */
function onlyInput(input: DiagnosisInput, node: NodePath): NodePath | undefined {
  const [first, ...others] = [...ancestors(input, node)].filter((path) => (input.flat.incoming.get(path) ?? []).length === 0);
  return others.length === 0 ? first : undefined;
}

/** Whether shortcuts have such layers: 1×1 convolutions, norms, and what has no weights. */
function isLight({ flat, nodes }: DiagnosisInput, path: NodePath): boolean {
  const { type = '', params } = flat.nodes.get(path) ?? {};
  const kernel = params?.['kernelSize'];
  if (kernel !== undefined) return [kernel].flat().every((side) => side === 1);
  return type === 'shortcut' || findLayer(type)?.category === 'normalization' || nodes.get(path)?.weights.length === 0;
}

/** Of more layers than twice this that change a size, the first and the last are told. */
const TOLD = 3;

/** Each layer on the way that changes an axis in question, in the order of the flow; axes that it changes alike are told together. */
function partsOf(
  input: DiagnosisInput,
  wires: readonly FlatEdge[],
  axes: readonly string[],
  differing: readonly number[],
): readonly PartedAxis[] {
  const found = wires.flatMap((wire, index) => {
    const before = wires[index - 1];
    return before ? partsAt(input, [before, wire], axes, differing) : [];
  });
  return found.length > 2 * TOLD ? [...found.slice(0, TOLD), ...found.slice(-TOLD)] : found;
}

/** What one layer, between these two wires, makes of the axes in question. */
function partsAt(
  input: DiagnosisInput,
  [before, after]: readonly [FlatEdge, FlatEdge],
  axes: readonly string[],
  asked: readonly number[],
): readonly PartedAxis[] {
  const node = input.flat.nodes.get(after.from.node);
  const x = input.nodes.get(before.from.node)?.outputs[before.from.port];
  const y = input.nodes.get(after.from.node)?.outputs[after.from.port];
  if (!node || !x || !y) return [];
  const found = new Map<string, string[]>();
  // Where values differ in their number of axes, that is what is asked of each layer.
  for (const axis of asked.length > 0 ? asked : [0]) {
    if (x.shape.length === y.shape.length && compareDims(x.shape[axis] as Dim, y.shape[axis] as Dim) === 'equal') continue;
    const arithmetic = arithmeticOf(node, x, y, axis, input.flat.dataFormat);
    found.set(arithmetic, [...(found.get(arithmetic) ?? []), x.shape.length === y.shape.length ? (axes[axis] ?? 'size') : 'shape']);
  }
  return [...found].map(([arithmetic, names]) => ({ axes: inWords([...new Set(names)]), node: node.path, path: node.name, arithmetic }));
}

/** The first layer after the fork whose output differs from what the fork gave, along an axis that is in question. */
function firstParted(input: DiagnosisInput, wires: readonly FlatEdge[], differing: readonly number[]): NodePath | undefined {
  const start = wires[0] && shapeOn(input, wires[0]);
  if (!start) return undefined;
  return wires.slice(1).find((wire) => differs(start, shapeOn(input, wire), differing))?.from.node;
}

function differs(a: Shape, b: Shape | undefined, axes: readonly number[]): boolean {
  if (!b) return false;
  if (a.length !== b.length) return true;
  return axes.some((axis) => compareDims(a[axis] as Dim, b[axis] as Dim) === 'different');
}

function shapeOn(input: DiagnosisInput, edge: FlatEdge): Shape | undefined {
  return input.nodes.get(edge.from.node)?.outputs[edge.from.port]?.shape;
}

function forkShape(input: DiagnosisInput, fork: NodePath, paths: readonly MismatchPath[], edges: readonly FlatEdge[]): Shape {
  const first = input.flat.outgoing.get(fork)?.find((edge) => paths.some((path) => path.edges[0] === edge.id)) ?? edges[0];
  return (first && shapeOn(input, first)) ?? [];
}

function causeInWords(input: DiagnosisInput, fork: NodePath | undefined, paths: readonly MismatchPath[], mismatch: Mismatch): string {
  const labels = pathLabels(paths);
  if (fork === undefined) {
    const sentences = paths.map((path, index) => ownPathInWords(input, path, labels[index] as string));
    return ['The inputs come from different inputs of the network and never met before.', ...sentences].join(' ');
  }
  const shape = forkShape(input, fork, paths, []);
  const sentences = paths.map((path, index) => pathInWords(input, path, labels[index] as string, mismatch));
  return [`${paths.length === 2 ? 'Both' : 'All'} come from ${nameOf(input, fork)} (${formatShape(shape)}).`, ...sentences].join(' ');
}

/**
 * Of two paths the one that has only what shortcuts have is the shortcut; where both are so or neither, the shorter one. Of more
 * paths, and of paths from different inputs, none is.
 */
export type PathRole = 'main' | 'shortcut' | 'other';

export function pathRoles(paths: readonly MismatchPath[]): readonly PathRole[] {
  // Paths from inputs of their own go around nothing.
  if (paths.length !== 2 || paths.some(({ start }) => start !== undefined)) return paths.map(() => 'other');
  const [first, second] = paths as [MismatchPath, MismatchPath];
  const isFirstMain = first.isLight === second.isLight ? first.nodes.length >= second.nodes.length : second.isLight;
  return isFirstMain ? ['main', 'shortcut'] : ['shortcut', 'main'];
}

/** What each path is called: by its port where that has a name of its own (`query`, `key`), else by its role; more than two are counted. */
export function pathLabels(paths: readonly MismatchPath[]): readonly string[] {
  const roles = pathRoles(paths);
  return paths.map(({ port }, index) => {
    if (parsePort(port).index === undefined) return port;
    const role = roles[index];
    return role === undefined || role === 'other' ? `path ${index + 1}` : role;
  });
}

/** `the main path`, `the shortcut`, `the query`, `input a`, `path 3`: in a sentence. */
export function pathInSentence(label: string): string {
  if (label === 'main') return 'the main path';
  if (label.length === 1) return `input ${label}`;
  return label.startsWith('path ') ? label : `the ${label}`;
}

/** Of a path from an input of its own: from which, and what comes of it. */
function ownPathInWords(input: DiagnosisInput, { start, from, parts }: MismatchPath, label: string): string {
  const way = capital(pathInSentence(label));
  if (start === undefined || start === from) return `${way} takes ${nameOf(input, from)} (${shapeOf(input, from)}).`;
  const makers = [...new Set([parts[0]?.node, parts.at(-1)?.node].filter((node) => node !== undefined))];
  const made = makers.map((node) => `${makerInWords(input, node)} makes it ${shapeOf(input, node)}`).join(', and in the end ');
  return `${way} comes from ${nameOf(input, start)} (${shapeOf(input, start)})${made ? `: ${made}` : ` and brings ${shapeOf(input, from)}`}.`;
}

function pathInWords(input: DiagnosisInput, path: MismatchPath, label: string, mismatch: Mismatch): string {
  const way = pathInSentence(label);
  const name = isPort(path) ? `On the way to ${way}` : `On ${way}`;
  if (path.parted !== undefined) {
    const last = path.parts.at(-1)?.node;
    const end = last === undefined || last === path.parted ? '' : `, and ${makerInWords(input, last)} in the end ${shapeOf(input, last)}`;
    return `${name} ${makerInWords(input, path.parted)} makes it ${shapeOf(input, path.parted)}${end}.`;
  }
  if (path.nodes.length > 0) return mismatch.differing.length > 0 ? `${name} nothing changes it.` : `${name} it keeps its axes.`;
  const arrives = mismatch.rows.find((row) => row.port === path.port);
  const brings = arrives ? formatShape(arrives.shape) : 'it';
  return isPort(path) ? `Nothing is on the way to ${way}, which takes ${brings}.` : `${capital(way)} has no layers and brings ${brings}.`;
}

/** `conv2a (3×3 · 128 · /2)`. */
function makerInWords(input: DiagnosisInput, path: NodePath): string {
  const summary = input.summary(path);
  return `${nameOf(input, path)}${summary ? ` (${summary})` : ''}`;
}

function shapeOf({ nodes }: DiagnosisInput, path: NodePath): string {
  const made = Object.values(nodes.get(path)?.outputs ?? {})[0];
  return made ? formatShape(made.shape) : 'unknown';
}

function isPort({ port }: MismatchPath): boolean {
  return parsePort(port).index === undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function nameOf(input: DiagnosisInput, path: NodePath): string {
  return input.flat.nodes.get(path)?.name ?? path;
}
