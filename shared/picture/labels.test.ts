import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GraphEdge } from '../graph/graph';

import { NODE_WIDTH, portOffset, type PlacedNode } from './geometry';
import { createWayfinder } from './wayfinding';
import { labelWidth, wirePath } from './wirePath';

const HEIGHT = 64;
const ports = { inputs: [{ id: 'x', name: 'x' }], outputs: [{ id: 'y', name: 'y' }] };

function nodeAt(id: number, x: number, y: number): PlacedNode {
  return { id: `n${id}`, position: { x, y }, data: { ports, height: HEIGHT } };
}

/** Layers on a loose grid, none on another, each pushed about a little. */
const layers = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 4 })), {
    selector: ([column, row]) => `${column} ${row}`,
    minLength: 2,
    maxLength: 14,
    size: 'medium',
  })
  .chain((cells) =>
    fc.tuple(
      fc.constant(cells),
      fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 })), {
        minLength: cells.length,
        maxLength: cells.length,
      }),
    ),
  )
  .map(([cells, pushes]) =>
    cells.map(([column, row], index) =>
      nodeAt(index, column * 224 + (pushes[index]?.[0] ?? 0) * 8, row * 112 + (pushes[index]?.[1] ?? 0) * 8),
    ),
  );

it('a label that is shown lies on no layer', () => {
  fc.assert(
    fc.property(layers, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12, size: 'medium' }), (nodes, pairs) => {
      const edges = pairs.flatMap(([a, b], index): GraphEdge[] => {
        const [from, to] = [nodes[a % nodes.length], nodes[b % nodes.length]];
        if (!from || !to || from === to) return [];
        return [{ id: `e${index}`, from: { node: from.id, port: 'y' }, to: { node: to.id, port: 'x' } }];
      });
      const ways = createWayfinder()(edges, nodes, false);
      for (const edge of edges) {
        const source = nodes.find(({ id }) => id === edge.from.node);
        const target = nodes.find(({ id }) => id === edge.to.node);
        if (!source || !target) continue;
        const start = { x: source.position.x + NODE_WIDTH, y: source.position.y + portOffset(ports.outputs, 0, HEIGHT) };
        const end = { x: target.position.x, y: target.position.y + portOffset(ports.inputs, 0, HEIGHT) };
        const wire = ways.courses.get(edge.id);
        const { label, room } = wirePath(start, end, { lane: wire?.lane, forks: wire?.isFork });
        const width = labelWidth('16×16×32');
        if (room < width + 8 || (wire?.clear ?? Infinity) < width + 2) continue;
        for (const { id, position } of nodes) {
          const isOver =
            label.x + width / 2 > position.x &&
            label.x - width / 2 < position.x + NODE_WIDTH &&
            label.y + 9 > position.y &&
            label.y - 9 < position.y + HEIGHT;
          expect(isOver, `${edge.id} on ${id}`).toBe(false);
        }
      }
    }),
    { numRuns: 500 },
  );
});
