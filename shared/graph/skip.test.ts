import { expect, it } from 'vitest';
import type { Graph } from './graph';
import { skipOf } from './skip';

/** `a → b` wires, named by their ends. */
function graphOf(...wires: readonly string[]): Graph {
  const ends = wires.map((wire) => wire.split(' → ') as [string, string]);
  return {
    nodes: Object.fromEntries(
      [...new Set(ends.flat())].map((id) => [id, { id, type: 'identity', name: id, params: {}, position: { x: 0, y: 0 } }]),
    ),
    edges: Object.fromEntries(
      ends.map(([from, to]) => [
        `${from} → ${to}`,
        { id: `${from} → ${to}`, from: { node: from, port: 'y' }, to: { node: to, port: from } },
      ]),
    ),
  };
}

const block = graphOf('x → fork', 'fork → conv1', 'conv1 → relu', 'relu → conv2', 'conv2 → add', 'fork → add', 'add → y');

it('an identity skips what lies between its ends', () => {
  expect(skipOf(block, 'fork → add')).toEqual({
    fork: 'fork',
    merge: 'add',
    around: { nodes: [], edges: ['fork → add'] },
    main: { nodes: ['conv1', 'relu', 'conv2'], edges: ['fork → conv1', 'conv1 → relu', 'relu → conv2', 'conv2 → add'] },
  });
});

it('a projection is followed from either of its wires', () => {
  const projected = graphOf('fork → conv1', 'conv1 → conv2', 'conv2 → add', 'fork → project', 'project → add', 'add → y');
  for (const wire of ['fork → project', 'project → add'])
    expect(skipOf(projected, wire)).toMatchObject({
      fork: 'fork',
      merge: 'add',
      around: { nodes: ['project'] },
      main: { nodes: ['conv1', 'conv2'] },
    });
});

it('a skip around skips goes around all of them', () => {
  const nested = graphOf('a → b', 'b → c', 'c → d', 'b → d', 'd → e', 'a → e');
  expect(skipOf(nested, 'a → e')?.main.nodes.toSorted()).toEqual(['b', 'c', 'd']);
  expect(skipOf(nested, 'b → d')?.main.nodes).toEqual(['c']);
});

it('wires of a chain, of the longer way, and of ways of one length are none', () => {
  for (const wire of ['x → fork', 'add → y', 'fork → conv1', 'relu → conv2']) expect(skipOf(block, wire)).toBeUndefined();
  expect(skipOf(graphOf('a → b', 'a → c', 'b → d', 'c → d'), 'a → b')).toBeUndefined();
  expect(skipOf(block, 'no such wire')).toBeUndefined();
});

it('a circle ends', () => {
  expect(skipOf(graphOf('a → b', 'b → c', 'c → a'), 'a → b')).toBeUndefined();
});
