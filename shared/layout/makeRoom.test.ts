import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FLOW_DIRECTIONS, withDirection, type FlowDirection } from '../graph/direction';
import { networkOfSteps, networkSteps } from '../testing/branching';
import { drawingFaults } from '../testing/geometry';
import { arranged, placedAt } from './arrange';
import { roomInWire } from './makeRoom';

const arrangedNetwork = (steps: Parameters<typeof networkOfSteps>[0], direction: FlowDirection = 'right') => {
  const graph = withDirection(networkOfSteps(steps), direction);
  return placedAt(graph, arranged(graph, {}));
};

it.each(FLOW_DIRECTIONS)('to the %s, puts a layer into the row and shifts what is behind it by a column, nothing else', (direction) => {
  const graph = arrangedNetwork([['layer', 4]], direction);
  const wire = Object.values(graph.edges).find(({ from }) => from.node === 'n1')?.id ?? '';
  const room = roomInWire(graph, {}, wire);
  const at = (id: string) => graph.nodes[id]?.position ?? { x: 0, y: 0 };
  expect(room?.at).toEqual(at('n2'));
  expect([...(room?.places ?? [])]).toEqual([
    ['n2', at('n3')],
    ['n3', at('n4')],
    ['n4', { x: 2 * at('n4').x - at('n3').x, y: 2 * at('n4').y - at('n3').y }],
  ]);
});

it('uses up a gap before it shifts what is behind the gap', () => {
  const graph = arrangedNetwork([['layer', 4]]);
  const wide = placedAt(graph, new Map(['n3', 'n4'].map((id) => [id, { x: (graph.nodes[id]?.position.x ?? 0) + 400, y: 0 }])));
  const wire = Object.values(wide.edges).find(({ from }) => from.node === 'n1')?.id ?? '';
  expect([...(roomInWire(wide, {}, wire)?.places.keys() ?? [])]).toEqual(['n2']);
});

it.each(FLOW_DIRECTIONS)('to the %s, lays no layer on another, whatever the network and the wire', (direction) => {
  fc.assert(
    fc.property(networkSteps, fc.nat(), (steps, at) => {
      const graph = arrangedNetwork(steps, direction);
      const wires = Object.values(graph.edges);
      const wire = wires[at % Math.max(1, wires.length)];
      const room = wire && roomInWire(graph, {}, wire.id);
      if (!room) return;
      const added = { id: 'new', type: 'relu', name: 'new', params: {}, position: room.at };
      const { nodes, ...rest } = placedAt(graph, room.places);
      expect(drawingFaults({ ...rest, nodes: { ...nodes, new: added } }, {}).filter((fault) => !fault.startsWith('e'))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
