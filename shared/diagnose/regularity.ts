import type { FlatNode, NetworkAnalysis, NodePath } from '../infer/analysis';
import { channelAxis } from '../graph/tensor';

/** Rounds in which each layer's mark takes in its neighbours' (Weisfeiler and Leman): two see a whole residual branch. */
const ROUNDS = 2;

/**
 * How much a network repeats itself, in bits a layer: networks are built of blocks that are alike, so a single mistake
 * makes a layer unlike all others. A layer's mark is its kind, its window and by how much it changes the channels.
 */
export function regularityOf({ flat, nodes }: NetworkAnalysis): number {
  let marks = new Map<NodePath, string>();
  for (const [path, node] of flat.nodes) marks.set(path, markOf(node, channelRatio(path)));
  let bits = meanBits(marks);
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = new Map<NodePath, string>();
    for (const path of flat.nodes.keys())
      next.set(path, hash(`${marks.get(path) ?? ''}<${around(path, 'incoming')}>${around(path, 'outgoing')}`));
    marks = next;
    bits += meanBits(marks);
  }
  return bits;

  function around(path: NodePath, side: 'incoming' | 'outgoing'): string {
    return (flat[side].get(path) ?? [])
      .map(({ from, to }) => marks.get(side === 'incoming' ? from.node : to.node) ?? '')
      .sort()
      .join();
  }

  function channelRatio(path: NodePath): string {
    const known = nodes.get(path);
    const last = (types: NonNullable<typeof known>['inputs']) => {
      const shape = Object.values(types)[0]?.shape;
      return shape?.[channelAxis(shape.length, flat.dataFormat)];
    };
    const [x, y] = known ? [last(known.inputs), last(known.outputs)] : [];
    return typeof x === 'number' && typeof y === 'number' ? (y / x).toPrecision(3) : '?';
  }
}

const WINDOW = ['kernelSize', 'poolSize', 'strides', 'padding', 'dilationRate', 'useBias', 'size', 'axis', 'targetShape', 'groups'];

function markOf({ type, params }: FlatNode, ratio: string): string {
  return [type, ...WINDOW.map((name) => (name in params ? JSON.stringify(params[name]) : '')), ratio].join('|');
}

/** Mean over the layers of how many are marked alike, in bits. */
function meanBits(marks: ReadonlyMap<NodePath, string>): number {
  const counts = new Map<string, number>();
  for (const mark of marks.values()) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  let sum = 0;
  for (const count of counts.values()) sum += count * Math.log2(count);
  return sum / Math.max(1, marks.size);
}

/** Two 32-bit FNV-1a sums: marks of neighbours of neighbours would grow without end. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
