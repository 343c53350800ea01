import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf, residualNetwork } from '../testing/networks';
import type { Graph } from './graph';
import { readingOrder } from './readingOrder';

describe('the reading order', () => {
  it('reads a branch to its end before the next one begins', () => {
    const { graph } = networkOf(
      { a: ['input'], split: ['identity'], b1: ['relu'], b2: ['relu'], c1: ['relu'], sum: ['add'], end: ['output'] },
      ['a → split', 'split → b1 → b2 → sum:inputs.0', 'split → c1 → sum:inputs.1', 'sum → end'],
    );
    expect(readingOrder(graph)).toEqual(['a', 'split', 'b1', 'b2', 'c1', 'sum', 'end']);
  });

  it('takes the upper branch first, and loose layers from the left', () => {
    const { graph } = networkOf({ loose: ['relu'], a: ['input'], low: ['relu'], high: ['relu'] }, ['a → low', 'a → high']);
    const at = (id: string, x: number, y: number) => ({ ...(graph.nodes[id] as Graph['nodes'][string]), position: { x, y } });
    const placed = { ...graph, nodes: { loose: at('loose', 500, 0), a: at('a', 0, 0), low: at('low', 100, 90), high: at('high', 100, 0) } };
    expect(readingOrder(placed)).toEqual(['a', 'high', 'low', 'loose']);
  });

  it('of a residual network goes from the image to the scores', () => {
    const order = readingOrder(residualNetwork().graph);
    expect(order[0]).toBe('image');
    expect(order.indexOf('conv1a')).toBeGreaterThan(order.indexOf('shortcut1'));
  });

  it('has every node once, each after what feeds it; a cycle and dangling wires do not stop it', () => {
    const graphs = fc
      .record({ count: fc.integer({ min: 1, max: 30 }), wires: fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { size: 'medium' }) })
      .map(({ count, wires }): Graph => {
        const ids = Array.from({ length: count }, (_, index) => `n${index}`);
        return {
          nodes: Object.fromEntries(
            ids.map((id, index) => [id, { id, type: 'relu', name: id, params: {}, position: { x: (index * 7) % 5, y: index } }]),
          ),
          edges: Object.fromEntries(
            wires.map(([from, to], index) => [
              `e${index}`,
              { id: `e${index}`, from: { node: `n${from}`, port: 'y' }, to: { node: `n${to}`, port: 'x' } },
            ]),
          ),
        };
      });
    fc.assert(
      fc.property(graphs, (graph) => {
        const order = readingOrder(graph);
        expect([...order].toSorted()).toEqual(Object.keys(graph.nodes).toSorted());
        const forward = Object.values(graph.edges).filter(({ from, to }) => Number(from.node.slice(1)) < Number(to.node.slice(1)));
        const isAcyclic = Object.values(graph.edges).every(
          (edge) => forward.includes(edge) || !graph.nodes[edge.from.node] || !graph.nodes[edge.to.node],
        );
        if (!isAcyclic) return;
        for (const { from, to } of forward) {
          if (graph.nodes[from.node] && graph.nodes[to.node]) expect(order.indexOf(from.node)).toBeLessThan(order.indexOf(to.node));
        }
      }),
    );
  });
});
