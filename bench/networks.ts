import { readFileSync } from 'node:fs';
import { resnet } from '../shared/blocks/templates/resnet';
import type { SkipDocument } from '../shared/document/document';
import { parseDocument } from '../shared/document/parse';
import type { Graph, GraphEdge, GraphNode } from '../shared/graph/graph';

function sample(name: string): SkipDocument {
  const parsed = parseDocument(readFileSync(new URL(`../assets/samples/${name}.skip.json`, import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

const CONV = {
  filters: 8,
  kernelSize: [3, 3],
  strides: [1, 1],
  padding: 'same',
  dilationRate: [1, 1],
  useBias: false,
  kernelInitializer: 'heNormal',
};

/** A stem and `units` residual units of a convolution and an add: 2 · units + 2 layers, 3 · units + 1 wires. */
export function ladder(units: number): SkipDocument {
  const template = sample('digits-mlp');
  const at = (index: number) => ({ x: (index % 40) * 240, y: Math.floor(index / 40) * 160 });
  const nodes: GraphNode[] = [
    { id: 'image', type: 'input', name: 'image', params: { shape: [64, 64, 8], dtype: 'float32' }, position: at(0) },
    { id: 'stem', type: 'conv2d', name: 'stem', params: CONV, position: at(1) },
  ];
  const edges: GraphEdge[] = [wireBetween('image', 'stem', 'x')];
  for (let unit = 1; unit <= units; unit += 1) {
    const before = unit === 1 ? 'stem' : `add${unit - 1}`;
    nodes.push({ id: `conv${unit}`, type: 'conv2d', name: `conv${unit}`, params: CONV, position: at(2 * unit) });
    nodes.push({ id: `add${unit}`, type: 'add', name: `add${unit}`, params: {}, position: at(2 * unit + 1) });
    edges.push(
      wireBetween(before, `conv${unit}`, 'x'),
      wireBetween(`conv${unit}`, `add${unit}`, 'inputs.0'),
      wireBetween(before, `add${unit}`, 'inputs.1'),
    );
  }
  return { ...template, id: 'ladder', graph: graphOf(nodes, edges) };
}

/** A ResNet as the gallery makes it, of blocks. */
export function galleryResnet(layers: number): SkipDocument {
  return resnet.build({ ...resnet.defaults, layers });
}

function wireBetween(from: string, to: string, port: string): GraphEdge {
  return { id: `${from}-${to}-${port}`, from: { node: from, port: 'y' }, to: { node: to, port } };
}

function graphOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Graph {
  return {
    nodes: Object.fromEntries(nodes.map((entry) => [entry.id, entry])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
  };
}
