import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../document/document';
import { parseDocument } from '../document/parse';
import { serializeDocument } from '../document/serialize';
import { applyToGraph } from '../graph/applyEdits';
import type { GraphEdit } from '../graph/edit';
import type { Graph, GraphNode } from '../graph/graph';
import { topologicalOrder } from '../graph/order';
import { networkOf } from '../testing/networks';
import { nodesBetween } from './between';
import { clipOf, paste } from './clip';
import { removeAndHeal, takeOut } from './heal';
import { chain, insertOnWire } from './insert';
import { replaceNode, swapNodes } from './replace';

const residual = networkOf(
  {
    image: ['input', { shape: [8, 8, 4] }],
    split: ['shortcut'],
    conv: ['conv2d', { filters: 4, kernelSize: [3, 3] }],
    relu: ['relu'],
    add: ['add'],
    out: ['output'],
  },
  ['image → split', 'split:preActivated → conv → relu → add:inputs.0', 'split:shortcut → add:inputs.1', 'add → out'],
);
const wires = ({ edges }: Graph) => Object.values(edges).map(({ from, to }) => `${from.node}.${from.port} → ${to.node}.${to.port}`);
const after = (edits: readonly GraphEdit[], graph = residual.graph) => applyToGraph(graph, edits);
const node = (id: string, type: string): GraphNode => ({ id, type, name: id, params: {}, position: { x: 0, y: 0 } });

describe('removing and taking out', () => {
  it('closes the gap in a chain', () => {
    expect(wires(after(removeAndHeal(residual.graph, new Set(['relu']))))).toContain('conv.y → add.inputs.0');
    expect(wires(after(removeAndHeal(residual.graph, new Set(['conv', 'relu']))))).toContain('split.preActivated → add.inputs.0');
  });

  it('leaves a wire that is healed where it was among the wires', () => {
    const ids = Object.keys(residual.graph.edges);
    const kept = (graph: Graph) => Object.keys(graph.edges);
    for (const edits of [removeAndHeal(residual.graph, new Set(['relu'])), takeOut(residual.graph, new Set(['relu']))])
      expect(kept(after(edits))).toEqual(ids.filter((id) => residual.graph.edges[id]?.to.node !== 'relu'));
  });

  it('follows the main path of an add', () => {
    expect(wires(after(removeAndHeal(residual.graph, new Set(['add']))))).toContain('relu.y → out.x');
  });

  it('leaves open what began at the removed node', () => {
    expect(wires(after(removeAndHeal(residual.graph, new Set(['image']))))).not.toContainEqual(expect.stringMatching(/→ split/));
  });

  it('leaves a node that is taken out free, and its neighbours wired', () => {
    const graph = after(takeOut(residual.graph, new Set(['relu'])));
    expect(graph.nodes['relu']).toBeDefined();
    expect(wires(graph).filter((wire) => wire.includes('relu'))).toEqual([]);
    expect(wires(graph)).toContain('conv.y → add.inputs.0');
  });

  it('takes several out with the wires among them', () => {
    const graph = after(takeOut(residual.graph, new Set(['conv', 'relu'])));
    expect(wires(graph).filter((wire) => /conv|relu/.test(wire))).toEqual(['conv.y → relu.x']);
    expect(wires(graph)).toContain('split.preActivated → add.inputs.0');
  });
});

describe('inserting', () => {
  it('leads a wire through a new node', () => {
    const wire = Object.values(residual.graph.edges).find(({ to }) => to.node === 'relu')?.id ?? '';
    const graph = after(insertOnWire(residual.graph, {}, node('bn', 'batchNormalization'), wire));
    expect(wires(graph)).toEqual(expect.arrayContaining(['conv.y → bn.x', 'bn.y → relu.x']));
    expect(wires(graph)).not.toContain('conv.y → relu.x');
  });

  it('does nothing where the node has no way through, or where that would be a circle', () => {
    const wire = Object.keys(residual.graph.edges)[0] ?? '';
    expect(insertOnWire(residual.graph, {}, node('end', 'output'), wire)).toEqual([]);
    const free = after(takeOut(residual.graph, new Set(['out'])));
    expect(insertOnWire(free, {}, free.nodes['add'] as GraphNode, wire)).toEqual([]);
  });

  it('chains nodes in order', () => {
    const loose = { nodes: Object.fromEntries(['input', 'conv2d', 'add'].map((type) => [type, node(type, type)])), edges: {} };
    expect(wires(after(chain(loose, {}, Object.values(loose.nodes)), loose))).toEqual(['input.y → conv2d.x', 'conv2d.y → add.inputs.0']);
  });
});

describe('replacing and swapping', () => {
  it('keeps wires and shared parameters', () => {
    const graph = after(replaceNode(residual.graph, {}, 'conv', { type: 'maxPooling2d', params: {} }));
    expect(graph.nodes['conv']).toMatchObject({ type: 'maxPooling2d', name: 'conv', params: { poolSize: [2, 2] } });
    expect(wires(graph)).toEqual(wires(residual.graph));
  });

  it('moves wires to the ports in the same position', () => {
    const graph = after(replaceNode(residual.graph, {}, 'relu', { type: 'add', params: {} }));
    expect(wires(graph)).toEqual(expect.arrayContaining(['conv.y → relu.inputs.0', 'relu.y → add.inputs.0']));
    expect(wires(after(replaceNode(residual.graph, {}, 'add', { type: 'relu', params: {} })))).not.toContainEqual(
      expect.stringMatching(/split\.shortcut/),
    );
  });

  it('keeps the mark of a placed layer where it is when the layer is swapped', () => {
    const placed = applyToGraph(residual.graph, [{ kind: 'move', id: 'conv', position: { x: 7, y: 9 }, placed: true }]);
    const { nodes } = applyToGraph(placed, swapNodes(placed, {}, 'conv', 'relu'));
    expect(nodes['conv']).toMatchObject({ name: 'relu', position: { x: 7, y: 9 }, placed: true });
    expect(nodes['relu']?.placed).toBeUndefined();
  });

  it('swaps two neighbours with all that belongs to them', () => {
    const graph = after(swapNodes(residual.graph, {}, 'conv', 'relu'));
    expect(graph.nodes['conv']).toMatchObject({ type: 'relu', name: 'relu' });
    expect(graph.nodes['relu']).toMatchObject({ type: 'conv2d', name: 'conv', params: { filters: 4 } });
    expect(wires(graph)).toEqual(wires(residual.graph));
  });
});

describe('the nodes between two', () => {
  it('are those on any way, in either order', () => {
    expect([...nodesBetween(residual.graph, 'split', 'add')].toSorted()).toEqual(['add', 'conv', 'relu', 'split']);
    expect([...nodesBetween(residual.graph, 'add', 'conv')].toSorted()).toEqual(['add', 'conv', 'relu']);
  });
});

describe('a clip', () => {
  it('survives the way through text and stands beside what was copied', () => {
    const clip = clipOf(residual, 'network', new Set(['conv', 'relu', 'add']));
    const read = parseDocument(serializeDocument(clip));
    const pasted = paste(residual, 'network', read.ok ? read.value.document : clip, { x: 32, y: 32 });
    expect(pasted.nodes).toHaveLength(3);
    expect(Object.values(pasted.document.graph.nodes).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['conv_2', 'relu_2', 'add_2']),
    );
    expect(Object.keys(pasted.document.graph.edges)).toHaveLength(Object.keys(residual.graph.edges).length + 2);
  });

  it('brings the definitions that it needs; one that says something else does not replace what is there', () => {
    const block = { id: 'b', name: 'block', parameters: [], graph: residual.graph };
    const own = { ...block, graph: { nodes: {}, edges: {} } };
    const instance: GraphNode = { ...node('i', 'block'), block: 'b' };
    const from: SkipDocument = { ...residual, blocks: { b: block }, graph: { nodes: { i: instance }, edges: {} } };
    const clip = clipOf(from, 'network', new Set(['i']));
    expect(paste(residual, 'network', clip, { x: 0, y: 0 }).document.blocks).toEqual({ b: block });
    const { document, nodes } = paste({ ...residual, blocks: { b: own } }, 'network', clip, { x: 0, y: 0 });
    expect(document.blocks['b']).toBe(own);
    expect(document.graph.nodes[nodes[0] ?? '']?.block).toBe('b-2');
    expect(document.blocks['b-2']).toMatchObject({ name: 'block 2', graph: block.graph });
  });
});

const TYPES = ['input', 'relu', 'conv2d', 'add', 'shortcut', 'concatenate', 'output', 'dropout'] as const;

/** A random graph without circles: each wire leads to a later node. */
const graphs = fc
  .record({
    types: fc.array(fc.constantFrom(...TYPES), { minLength: 2, size: 'medium' }),
    wires: fc.array(fc.tuple(fc.nat(), fc.nat()), { size: 'medium' }),
  })
  .map(({ types, wires: pairs }) => {
    const nodes = types.map((type, index) => node(`n${index + 1}`, type));
    let graph: Graph = { nodes: Object.fromEntries(nodes.map((entry) => [entry.id, entry])), edges: {} };
    for (const [a, b] of pairs) {
      const [from, to] = [a % nodes.length, b % nodes.length].toSorted((left, right) => left - right);
      graph = after(chain(graph, {}, [nodes[from ?? 0] as GraphNode, nodes[to ?? 0] as GraphNode]), graph);
    }
    return graph;
  });

/** What must hold of every graph: no wire without its ends, one wire into a port, no circle, no name twice. */
function expectSound(graph: Graph): void {
  const edges = Object.values(graph.edges);
  for (const { from, to } of edges) expect([graph.nodes[from.node]?.id, graph.nodes[to.node]?.id]).toEqual([from.node, to.node]);
  expect(new Set(edges.map(({ to }) => `${to.node} ${to.port}`)).size).toBe(edges.length);
  const at = (side: 'from' | 'to', id: string) => edges.filter((edge) => edge[side].node === id);
  const order = topologicalOrder(
    Object.keys(graph.nodes),
    (id) => at('to', id).length,
    (id) => at('from', id),
    ({ to }) => to.node,
  );
  expect(order.cyclic).toEqual([]);
  const names = Object.values(graph.nodes).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
}

describe('any edit of any graph', () => {
  it('leaves a sound graph', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), fc.nat(), fc.constantFrom(...TYPES), (graph, first, second, type) => {
        const nodes = Object.values(graph.nodes);
        const [a, b] = [nodes[first % nodes.length] as GraphNode, nodes[second % nodes.length] as GraphNode];
        const wire = Object.keys(graph.edges)[first % Math.max(1, Object.keys(graph.edges).length)] ?? '';
        const between = nodesBetween(graph, a.id, b.id);
        for (const edits of [
          removeAndHeal(graph, between),
          takeOut(graph, new Set([a.id])),
          takeOut(graph, between),
          insertOnWire(graph, {}, a, wire),
          insertOnWire(graph, {}, node('new', type), wire),
          replaceNode(graph, {}, a.id, { type, params: {} }),
          swapNodes(graph, {}, a.id, b.id),
        ])
          expectSound(after(edits, graph));
        const document = { ...residual, graph };
        expectSound(paste(document, 'network', clipOf(document, 'network', between), { x: 8, y: 8 }).document.graph);
      }),
    );
  });
});
