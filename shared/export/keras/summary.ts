import type { NetworkAnalysis, NodePath } from '../../infer/analysis';
import { isKnown, type Dim } from '../../graph/dim';
import type { TensorType } from '../../graph/tensor';
import { groupInputs } from '../../infer/groupInputs';
import { findLayer } from '../../layers/index';
import { parseParams } from '../../layers/parse';
import { wiresInOrder } from './walk';

/** Columns of Keras's table: where each ends, for a chain and for a network with branches. */
const CHAIN = { length: 65, ends: [29, 55, 65] } as const;
const BRANCHED = { length: 98, ends: [29, 58, 68, 98] } as const;

/**
 * The table that `model.summary()` of Keras 2.15 prints, of the network with its blocks expanded. Layers stand in Keras's own order:
 * by how far they are from the end. A layer that Keras does not have stands as a custom one, by our name. Unknown sizes
 * are `None`.
 */
export function kerasSummary(analysis: NetworkAnalysis, name: string): string {
  const order = kerasOrder(analysis);
  const isChain = chainlike(analysis, order);
  const { length, ends } = isChain ? CHAIN : BRANCHED;
  const titles = ['Layer (type)', 'Output Shape', 'Param #', 'Connected to'].slice(0, ends.length);
  return [
    `Model: "${name}"`,
    '_'.repeat(length),
    ...rowLines(titles, ends),
    '='.repeat(length),
    ...order.flatMap((path) => [...rowLines(cellsOf(analysis, path).slice(0, ends.length), ends), ' '.repeat(length)]),
    '='.repeat(length),
    ...totalLines(analysis),
    '_'.repeat(length),
  ].join('\n');
}

/** Layers by depth, the largest first; of one depth in the order in which Keras comes upon them, going back from the outputs. */
function kerasOrder(analysis: NetworkAnalysis): readonly NodePath[] {
  const { flat, order } = analysis;
  const isOutput = (path: NodePath) => flat.nodes.get(path)?.type === 'output';
  const found = new Map<NodePath, number>();
  const stack = order.filter(isOutput).toReversed();
  for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
    if (found.has(path)) continue;
    found.set(path, found.size);
    stack.push(
      ...wiresInOrder(analysis, path)
        .map(({ from }) => from.node)
        .toReversed(),
    );
  }
  const depth = new Map<NodePath, number>();
  for (const path of order.toReversed()) {
    const after = (flat.outgoing.get(path) ?? []).filter(({ to }) => found.has(to.node) && !isOutput(to.node));
    depth.set(path, Math.max(-1, ...after.map(({ to }) => depth.get(to.node) ?? 0)) + 1);
  }
  return [...found.keys()]
    .filter((path) => !isOutput(path))
    .sort((a, b) => (depth.get(b) ?? 0) - (depth.get(a) ?? 0) || (found.get(a) ?? 0) - (found.get(b) ?? 0));
}

/** No layer with several inputs, and no two at one depth: then Keras leaves out what is connected to what. */
function chainlike(analysis: NetworkAnalysis, order: readonly NodePath[]): boolean {
  return order.every((path, index) => {
    const inputs = wiresInOrder(analysis, path);
    return index === 0 ? inputs.length === 0 : inputs.length === 1 && inputs[0]?.from.node === order[index - 1];
  });
}

function cellsOf(analysis: NetworkAnalysis, path: NodePath): readonly string[] {
  const node = analysis.flat.nodes.get(path);
  const known = analysis.nodes.get(path);
  const shapes = Object.values(known?.outputs ?? {}).map(tuple);
  const isInput = node?.type === 'input';
  const shape = shapes.length === 1 && !isInput ? (shapes[0] ?? '?') : shapes.length === 0 ? '?' : `[${shapes.join(', ')}]`;
  const connected = wiresInOrder(analysis, path).map(({ from }) => `'${nameOf(analysis, from.node)}[0][${outputIndex(analysis, from)}]'`);
  return [`${nameOf(analysis, path)} (${classOf(analysis, path)})`, shape, String(known?.parameters ?? '?'), `[${connected.join(', ')}]`];
}

/** Keras's class, or our own name of a layer that Keras makes of several. */
function classOf(analysis: NetworkAnalysis, path: NodePath): string {
  const { type = '', params = {} } = analysis.flat.nodes.get(path) ?? {};
  const layer = findLayer(type);
  const parsed = layer && parseParams(layer, params);
  const known = analysis.nodes.get(path);
  const isComplete = known && Object.keys(known.outputs).length > 0;
  const record =
    layer && parsed?.ok && isComplete
      ? layer.keras(parsed.value, groupInputs(layer, known.inputs) as never, { dataFormat: analysis.flat.dataFormat })
      : undefined;
  if (record && 'className' in record) return record.className;
  return layer?.title.replaceAll(/[^\w]/g, '') ?? type;
}

/** Keras allows no `/` in names. */
function nameOf({ flat }: NetworkAnalysis, path: NodePath): string {
  return (flat.nodes.get(path)?.name ?? path).replaceAll(/[^A-Za-z0-9_]+/g, '_');
}

function outputIndex({ flat }: NetworkAnalysis, { node, port }: { readonly node: NodePath; readonly port: string }): number {
  return Math.max(0, findLayer(flat.nodes.get(node)?.type ?? '')?.outputs.findIndex(({ name }) => name === port) ?? 0);
}

function tuple({ shape }: TensorType): string {
  const sizes = shape.map((dim: Dim, axis) => (axis > 0 && isKnown(dim) ? String(dim) : 'None'));
  return `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
}

const BREAKS = ['),', '},', '],', "',"] as const;

/** A row over as many lines as its longest cell needs, broken where Keras breaks it. */
function rowLines(cells: readonly string[], ends: readonly number[]): readonly string[] {
  const left = [...cells];
  const lines: string[] = [];
  while (left.some((text) => text !== '')) {
    let line = '';
    left.forEach((text, column) => {
      const isLast = column === ends.length - 1;
      const end = ends[column] ?? 0;
      const room = end - (ends[column - 1] ?? 0) - (isLast ? 0 : 3);
      const cut = breakWithin(text, room);
      line = `${line}${column === 0 ? ' ' : ''}${text.slice(0, cut)}${isLast ? '' : '  '}`.padEnd(end);
      left[column] = text.slice(cut);
    });
    lines.push(line);
  }
  return lines;
}

function breakWithin(text: string, room: number): number {
  const fitting = text.slice(0, room);
  const cuts = BREAKS.flatMap((mark) => (fitting.includes(mark) ? [fitting.indexOf(mark) + mark.length] : []));
  return cuts.length > 0 ? Math.min(...cuts) : room;
}

function totalLines({ totals: { parameters, trainableParameters } }: NetworkAnalysis): readonly string[] {
  const line = (title: string, count: number) => `${title} params: ${count} (${memoryOf(count * 4)})`;
  return [line('Total', parameters), line('Trainable', trainableParameters), line('Non-trainable', parameters - trainableParameters)];
}

/** As Keras writes bytes: `106.31 KB`, counted in 1,024. */
function memoryOf(bytes: number): string {
  const units = ['Byte', 'KB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(2)} ${units[unit] ?? ''}`;
}
