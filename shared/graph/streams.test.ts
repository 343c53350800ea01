import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Graph } from './graph';
import { skipOf } from './skip';
import { streamsOf } from './streams';

/** `a → b` wires, named by their ends. */
function graphOf(...wires: readonly string[]): Graph {
  const ends = wires.map((wire) => wire.split(' → ') as [string, string]);
  return {
    nodes: Object.fromEntries(
      [...new Set(ends.flat())].map((id) => [id, { id, type: 'identity', name: id, params: {}, position: { x: 0, y: 0 } }]),
    ),
    edges: Object.fromEntries(
      ends.map(([from, to], index) => [
        `${from} → ${to}`,
        { id: `${from} → ${to}`, from: { node: from, port: 'y' }, to: { node: to, port: `x${index}` } },
      ]),
    ),
  };
}

const wiresIn = (graph: Graph) => Object.fromEntries(streamsOf(graph));

describe('the residual streams of a graph', () => {
  it('run through blocks that follow each other', () => {
    const two = graphOf('x → add0', 'x → a', 'a → add0', 'add0 → b', 'b → add1', 'add0 → add1', 'add1 → y');
    expect(wiresIn(two)).toEqual({ 'x → add0': 0, 'add0 → add1': 0 });
  });

  it('run through the activation between two blocks and through a projection, as in the first ResNet', () => {
    const first = ['x → a', 'a → add', 'x → add', 'add → relu'];
    const second = ['relu → b', 'b → c', 'c → add1', 'relu → project', 'project → add1', 'add1 → y'];
    expect(wiresIn(graphOf(...first, ...second))).toEqual({
      'x → add': 0,
      'add → relu': 0,
      'relu → project': 0,
      'project → add1': 0,
    });
  });

  it('are one for each level of a U-Net', () => {
    const net = graphOf('a → b', 'b → c', 'c → d', 'd → e', 'b → d', 'a → e', 'e → y');
    expect(wiresIn(net)).toEqual({ 'a → e': 0, 'b → d': 1 });
  });

  it('do not run along branches of an inception block, of which none goes around the others', () => {
    const net = graphOf('x → a', 'x → b', 'b → b2', 'x → c', 'c → c2', 'c2 → c3', 'a → cat', 'b2 → cat', 'c3 → cat', 'cat → y');
    expect(streamsOf(net).size).toBe(0);
  });

  it('are none in a chain, between two equal branches, of a sum of a thing and itself, and on a cycle', () => {
    expect(streamsOf(graphOf('a → b', 'b → c')).size).toBe(0);
    expect(streamsOf(graphOf('x → a', 'x → b', 'a → add', 'b → add', 'add → y')).size).toBe(0);
    expect(streamsOf(graphOf('x → a', 'a → b', 'b → a', 'a → c', 'b → c', 'x → c')).size).toBe(0);
    expect(streamsOf({ nodes: {}, edges: {} }).size).toBe(0);
  });

  it('are of wires that are a skip each, whatever the graph', () => {
    const ends = fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { size: 'medium', maxLength: 24 });
    fc.assert(
      fc.property(ends, (pairs) => {
        const wires = pairs.filter(([a, b]) => a !== b).map(([a, b]) => `${Math.min(a, b)} → ${Math.max(a, b)}`);
        const graph = graphOf(...wires);
        const streams = streamsOf(graph);
        const numbers = new Set(streams.values());
        expect([...numbers].sort((a, b) => a - b)).toEqual([...numbers.keys()].map((_, index) => index));
        // A stream has a skip, as the pointer on a wire finds it.
        for (const number of numbers) expect([...streams].some(([id, of]) => of === number && skipOf(graph, id) !== undefined)).toBe(true);
        // An identity that goes around something is in a stream.
        for (const { id } of Object.values(graph.edges)) {
          const skip = skipOf(graph, id);
          if (skip?.around.nodes.length === 0) expect(streams.has(id)).toBe(true);
        }
      }),
    );
  });
});
