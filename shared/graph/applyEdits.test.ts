import fc from 'fast-check';
import { expect, it } from 'vitest';
import { networkOf } from '../testing/networks';
import { applyToGraph } from './applyEdits';
import type { GraphEdit } from './edit';

const { graph } = networkOf({ a: ['relu'], b: ['relu'], c: ['relu'], d: ['add'] }, ['a → b → c', 'a → d:inputs.0', 'c → d:inputs.1']);

const node = fc.constantFrom('a', 'b', 'c', 'd');
const edge = fc.constantFrom(...Object.keys(graph.edges), 'new', 'other');
const edit: fc.Arbitrary<GraphEdit> = fc.oneof(
  node.map((id): GraphEdit => ({ kind: 'removeNode', id })),
  edge.map((id): GraphEdit => ({ kind: 'disconnect', id })),
  node.map((id): GraphEdit => ({ kind: 'move', id, position: { x: 8, y: 16 } })),
  fc.tuple(edge, node, node, fc.constantFrom('x', 'inputs.0', 'inputs.1')).map(([id, from, to, port]): GraphEdit => ({
    kind: 'connect',
    edge: { id, from: { node: from, port: 'y' }, to: { node: to, port } },
  })),
);

it('a list of edits at once does what they do one by one', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 20, size: 'medium' }), (edits) => {
      const oneByOne = edits.reduce((before, each) => applyToGraph(before, [each]), graph);
      expect(applyToGraph(graph, edits)).toEqual(oneByOne);
    }),
  );
});

it('shares the tables that no edit touches', () => {
  const moved = applyToGraph(graph, [{ kind: 'move', id: 'a', position: { x: 8, y: 8 } }]);
  expect(moved.edges).toBe(graph.edges);
  expect(applyToGraph(graph, [{ kind: 'disconnect', id: 'a → b' }]).nodes).toBe(graph.nodes);
});
