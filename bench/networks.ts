import { readFileSync } from 'node:fs';
import type { SkipDocument } from '../shared/document/document';
import { parseDocument } from '../shared/document/parse';
import type { Graph, GraphEdge, GraphNode, ParamValue } from '../shared/graph/graph';

export function sample(name: string): SkipDocument {
  const parsed = parseDocument(readFileSync(new URL(`../assets/samples/${name}.skip.json`, import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

/**
 * The same network with TensorFlow's own padding: the same work, and nothing that the peer's layers would have to do in two
 * steps. So the comparison is of engines, not of padding.
 */
export function withSamePadding(document: SkipDocument): SkipDocument {
  return JSON.parse(JSON.stringify(document).replaceAll('"padding":"consistent"', '"padding":"same"')) as SkipDocument;
}

/** ResNet-20 of the CIFAR family (He et al. 2016): three stages of three pre-activation blocks with 16, 32 and 64 filters. */
export function resnet20(): SkipDocument {
  const template = withSamePadding(sample('digits-resnet'));
  const node = (name: string) => Object.values(template.graph.nodes).find((candidate) => candidate.name === name) as GraphNode;
  const nodes: GraphNode[] = [{ ...node('image'), params: { shape: [32, 32, 3], dtype: 'float32' } }, node('conv1')];
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 0; block < 3; block += 1) {
      const first = block === 0 && stage > 0;
      const strides: ParamValue = first ? [2, 2] : [1, 1];
      nodes.push({
        ...node('block1'),
        id: `s${stage}b${block}`,
        name: `stage${stage + 1}_block${block + 1}`,
        params: { filters, strides, shortcutFilters: first ? filters : null },
      });
    }
  }
  nodes.push(...['preAct', 'pool', 'scores', 'probabilities', 'digit'].map(node));
  const edges = nodes.slice(1).map((to, index): GraphEdge => {
    const from = nodes[index] as GraphNode;
    return { id: `e${index}`, from: { node: from.id, port: 'y' }, to: { node: to.id, port: 'x' } };
  });
  return { ...template, id: 'resnet20', graph: graphOf(nodes, edges) };
}

/** A chain of convolutions around one residual add; its strides decide whether the add fits. */
export function chain(length: number): SkipDocument {
  const template = sample('digits-mlp');
  const at = (index: number) => ({ x: (index % 20) * 240, y: Math.floor(index / 20) * 120 });
  const params = {
    filters: 8,
    kernelSize: [3, 3],
    strides: [1, 1],
    padding: 'same',
    dilationRate: [1, 1],
    useBias: false,
    kernelInitializer: 'heNormal',
  };
  const nodes: GraphNode[] = [
    { id: 'n0', type: 'input', name: 'image', params: { shape: [64, 64, 8], dtype: 'float32' }, position: at(0) },
  ];
  for (let index = 1; index < length - 1; index += 1)
    nodes.push({ id: `n${index}`, type: 'conv2d', name: `conv${index}`, params, position: at(index) });
  nodes.push({ id: 'add', type: 'add', name: 'add', params: {}, position: at(length - 1) });
  const edges = nodes.slice(1).map((to, index): GraphEdge => ({
    id: `e${index}`,
    from: { node: (nodes[index] as GraphNode).id, port: 'y' },
    to: { node: to.id, port: to.id === 'add' ? 'inputs.0' : 'x' },
  }));
  edges.push({ id: 'skip', from: { node: 'n1', port: 'y' }, to: { node: 'add', port: 'inputs.1' } });
  return { ...template, id: 'chain', graph: graphOf(nodes, edges) };
}

function graphOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Graph {
  return {
    nodes: Object.fromEntries(nodes.map((entry) => [entry.id, entry])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
  };
}
