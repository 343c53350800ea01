import type { FlatEdge, FlatNode, NetworkAnalysis, NodeAnalysis, NodePath } from '../infer/analysis';
import { channelAxis } from '../graph/tensor';

/** Rounds in which each layer's mark takes in its neighbours' (Weisfeiler and Leman): two see a whole residual branch. */
const ROUNDS = 2;

/**
 * How much a network repeats itself, in bits: networks are built of blocks that are alike, so a single mistake makes a
 * layer unlike all others. A layer's mark is its kind, its window and by how much it changes the channels, and
 * besides its kind alone; the more layers share a mark, the more bits each of them brings.
 */
export function regularityOf(analysis: NetworkAnalysis): number {
  return repeated(analysis, ownMarks(analysis)) + repeated(analysis, kindMarks(analysis));
}

function repeated(analysis: NetworkAnalysis, own: ReadonlyMap<NodePath, number>): number {
  let marks = own;
  let bits = bitsOf(marks);
  for (let round = 0; round < ROUNDS; round += 1) {
    marks = withNeighbours(analysis, marks);
    bits += bitsOf(marks);
  }
  return bits;
}

/** How many layers of the network are marked as this one is, itself included. */
export function alikeCounts(analysis: NetworkAnalysis): (path: NodePath) => number {
  const marks = ownMarks(analysis);
  const counts = countsOf(marks);
  return (path) => counts.get(marks.get(path) ?? 0) ?? 0;
}

function ownMarks({ flat, nodes }: NetworkAnalysis): Map<NodePath, number> {
  const marks = new Map<NodePath, number>();
  for (const [path, node] of flat.nodes) marks.set(path, markOf(node, nodes.get(path), flat.dataFormat));
  return marks;
}

/** The kind alone: a stem is like no other layer, and yet a norm stands behind it as behind all others. */
function kindMarks({ flat }: NetworkAnalysis): Map<NodePath, number> {
  const marks = new Map<NodePath, number>();
  for (const [path, { type }] of flat.nodes) marks.set(path, hashed(type));
  return marks;
}

function withNeighbours({ flat }: NetworkAnalysis, marks: ReadonlyMap<NodePath, number>): Map<NodePath, number> {
  const next = new Map<NodePath, number>();
  for (const [path, mark] of marks)
    next.set(path, mixed(mixed(mark, sum(flat.incoming.get(path), 'from')), sum(flat.outgoing.get(path), 'to')));
  return next;

  /** Of all neighbours on one side together, whatever their order. */
  function sum(edges: readonly FlatEdge[] = [], end: 'from' | 'to'): number {
    let total = edges.length;
    for (const edge of edges) total = (total + mixed(marks.get(edge[end].node) ?? 0, 0x9e3779b1)) >>> 0;
    return total;
  }
}

const WINDOW = ['kernelSize', 'poolSize', 'strides', 'padding', 'dilationRate', 'useBias', 'size', 'axis', 'targetShape', 'groups'];

const remembered = new WeakMap<FlatNode, Map<string, number>>();

function markOf(node: FlatNode, known: NodeAnalysis | undefined, dataFormat: NetworkAnalysis['flat']['dataFormat']): number {
  const ratio = known ? channelRatio(known, dataFormat) : '?';
  const marks = remembered.get(node) ?? new Map<string, number>();
  remembered.set(node, marks);
  const mark = marks.get(ratio) ?? textMark(node, ratio);
  marks.set(ratio, mark);
  return mark;
}

function textMark({ type, params }: FlatNode, ratio: string): number {
  const text = [type, ...WINDOW.map((name) => (name in params ? JSON.stringify(params[name]) : '')), ratio].join('|');
  return hashed(text);
}

/** FNV-1a. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return mixed(hash >>> 0, text.length);
}

function channelRatio({ inputs, outputs }: NodeAnalysis, dataFormat: NetworkAnalysis['flat']['dataFormat']): string {
  const channels = (types: NodeAnalysis['inputs']) => {
    const shape = Object.values(types)[0]?.shape;
    return shape?.[channelAxis(shape.length, dataFormat)];
  };
  const [x, y] = [channels(inputs), channels(outputs)];
  return typeof x === 'number' && typeof y === 'number' ? (y / x).toPrecision(3) : '?';
}

/** Two numbers of 32 bits made one, all bits of it depending on all of theirs (the finalizer of MurmurHash3). */
function mixed(a: number, b: number): number {
  let hash = Math.imul(a, 0x85ebca6b) ^ (b + 0x7f4a7c15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function countsOf(marks: ReadonlyMap<NodePath, number>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const mark of marks.values()) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}

/** Mean over the layers of how many are marked alike, in bits. */
function bitsOf(marks: ReadonlyMap<NodePath, number>): number {
  let sum = 0;
  for (const count of countsOf(marks).values()) sum += count * Math.log2(count);
  return sum / Math.max(1, marks.size);
}
