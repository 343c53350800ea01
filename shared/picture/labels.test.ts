import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GraphEdge } from '../graph/graph';

import { FLOW_DIRECTIONS, turned, type FlowDirection } from '../graph/direction';
import { boxOfLayer, nodeSize, portPlace, type PlacedNode } from './geometry';
import { LABEL_HEIGHT, labelFits, labelMiddle, labelWidth } from './labelPlace';
import { createWayfinder } from './wayfinding';
import { wirePath } from './wirePath';

const ports = { inputs: [{ id: 'x', name: 'x' }], outputs: [{ id: 'y', name: 'y' }] };

function nodeAt(id: number, x: number, y: number, direction: FlowDirection): PlacedNode {
  return { id: `n${id}`, position: turned({ x, y }, direction), data: { ports, ...nodeSize(ports, direction) } };
}

/** Layers on a loose grid, none on another, each pushed about a little. */
const layers = (direction: FlowDirection) =>
  fc
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
        nodeAt(
          index,
          column * (direction === 'right' ? 224 : 120) + (pushes[index]?.[0] ?? 0) * 8,
          row * (direction === 'right' ? 112 : 224) + (pushes[index]?.[1] ?? 0) * 8,
          direction,
        ),
      ),
    );

it.each(FLOW_DIRECTIONS)('to the %s, a label that is shown lies on no layer', (direction) => {
  let shown = 0;
  fc.assert(
    fc.property(
      layers(direction),
      fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 12, size: 'medium' }),
      (nodes, pairs) => {
        const edges = pairs.flatMap(([a, b], index): GraphEdge[] => {
          const [from, to] = [nodes[a % nodes.length], nodes[b % nodes.length]];
          if (!from || !to || from === to) return [];
          return [{ id: `e${index}`, from: { node: from.id, port: 'y' }, to: { node: to.id, port: 'x' } }];
        });
        const ways = createWayfinder()(edges, nodes, false, direction);
        for (const edge of edges) {
          const source = nodes.find(({ id }) => id === edge.from.node);
          const target = nodes.find(({ id }) => id === edge.to.node);
          if (!source || !target) continue;
          const at = ({ position, data }: PlacedNode, side: 'inputs' | 'outputs') => {
            const { x, y } = portPlace(data, side, 0, direction);
            return { x: position.x + x, y: position.y + y };
          };
          const wire = ways.courses.get(edge.id);
          const { label, room } = wirePath(at(source, 'outputs'), at(target, 'inputs'), {
            lane: wire?.lane,
            forks: wire?.isFork,
            direction,
          });
          const width = labelWidth('16×16×32');
          if (!wire || !labelFits(room, wire, width, direction)) continue;
          shown += 1;
          const middle = labelMiddle(label, width, wire, direction);
          for (const node of nodes) {
            const box = boxOfLayer(node);
            const isOver =
              middle.x + width / 2 > box.x &&
              middle.x - width / 2 < box.x + box.width &&
              middle.y + LABEL_HEIGHT / 2 > box.y &&
              middle.y - LABEL_HEIGHT / 2 < box.y + box.height;
            expect(isOver, `${edge.id} on ${node.id}`).toBe(false);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(shown).toBeGreaterThan(500);
});
