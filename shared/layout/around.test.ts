import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeAndHeal } from '../edits/heal';
import { insertOnWire } from '../edits/insert';
import { applyToGraph } from '../graph/applyEdits';
import { FLOW_DIRECTIONS, withDirection } from '../graph/direction';
import type { Graph, GraphNode, NodeId, Position } from '../graph/graph';
import { newId } from '../graph/names';
import { NODE_WIDTH } from '../picture/geometry';
import { networkOfSteps, networkSteps } from '../testing/branching';
import { drawingFaults, flatGraphOf } from '../testing/geometry';
import { buildTemplate } from '../blocks/templates/template';
import { templates } from '../blocks/templates/index';
import { arranged, arrangedAmong, arrangedAround, placedAt } from './arrange';
import { sizesIn } from './sizes';

const again = (graph: Graph) => placedAt(graph, arrangedAround(graph, {}));
const movedBetween = (before: Graph, after: Graph): readonly NodeId[] =>
  Object.values(after.nodes).flatMap(({ id, position }) => {
    const old = before.nodes[id]?.position;
    return old && (old.x !== position.x || old.y !== position.y) ? [id] : [];
  });
const dragged = (graph: Graph, id: NodeId, by: Position): Graph => {
  const { x, y } = graph.nodes[id]?.position ?? { x: 0, y: 0 };
  return applyToGraph(graph, [{ kind: 'move', id, position: { x: x + by.x, y: y + by.y }, placed: true }]);
};
const layer = (graph: Graph, position: Position): GraphNode => {
  const id = newId(graph, 'n');
  return { id, type: 'relu', name: id, params: {}, position };
};
const inserted = (graph: Graph, wire: string, position: Position) =>
  applyToGraph(graph, insertOnWire(graph, {}, layer(graph, position), wire));

type Step = [kind: 'insert' | 'remove' | 'drag' | 'loose' | 'free', at: number, x: number, y: number];
const editSteps = fc.array(
  fc.tuple(
    fc.constantFrom('insert' as const, 'remove' as const, 'drag' as const, 'loose' as const, 'free' as const),
    fc.nat(1000),
    fc.integer({ min: -60, max: 60 }),
    fc.integer({ min: -40, max: 40 }),
  ),
  { minLength: 1, maxLength: 6, size: 'medium' },
);

/** A layer without wires comes to stand where the skip wires of a network go around their layers. */
const besideSkips: [steps: Parameters<typeof networkOfSteps>[0], edits: Step[]] = [
  [
    ['inception', 2],
    ['layer', 1],
    ['layer', 1],
  ],
  [
    ['remove', 247, 52, -25],
    ['loose', 129, 32, 19],
    ['loose', 743, 54, -30],
    ['remove', 832, 32, 32],
    ['insert', 63, -34, 30],
    ['insert', 661, 16, 29],
  ],
];

function edited(graph: Graph, [kind, at, x, y]: Step): Graph {
  const nodes = Object.values(graph.nodes);
  const node = nodes[at % nodes.length];
  const wires = Object.keys(graph.edges);
  const place = { x: x * 16, y: y * 16 };
  if (kind === 'insert' && wires.length > 0) return inserted(graph, wires[at % wires.length] ?? '', place);
  if (kind === 'loose') return applyToGraph(graph, [{ kind: 'addNode', node: layer(graph, place) }]);
  if (!node) return graph;
  if (kind === 'remove') return applyToGraph(graph, removeAndHeal(graph, new Set([node.id])));
  if (kind === 'free') return applyToGraph(graph, [{ kind: 'move', id: node.id, position: node.position, placed: false }]);
  return dragged(graph, node.id, place);
}

/** Layers that lie on each other, without those that a person put so. */
function overlapping(graph: Graph): readonly string[] {
  const sizeOf = sizesIn(graph, {});
  const boxes = Object.values(graph.nodes).map((node) => ({
    ...{ id: node.id, placed: node.placed, ...node.position },
    ...sizeOf(node),
  }));
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => !(a.placed && b.placed))
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} lies on ${b.id}`),
  );
}

describe.each(FLOW_DIRECTIONS)('arranging to the %s what was edited', (direction) => {
  const runs = direction === 'right' ? 1 : 0.5;
  const laid = (steps: Parameters<typeof networkOfSteps>[0]) => {
    const graph = withDirection(networkOfSteps(steps), direction);
    return placedAt(graph, arranged(graph, {}));
  };

  it('changes nothing the second time, leaves what a person placed, and lays nothing on each other', () => {
    fc.assert(
      fc.property(networkSteps, editSteps, (steps, edits) => {
        let graph = laid(steps);
        for (const step of edits) {
          const before = edited(graph, step);
          graph = again(before);
          expect(movedBetween(before, graph).filter((id) => before.nodes[id]?.placed)).toEqual([]);
          expect(overlapping(graph)).toEqual([]);
          expect(movedBetween(graph, again(graph))).toEqual([]);
        }
      }),
      { numRuns: 100 * runs },
    );
  });

  it('draws a network without a fault as long as nobody placed anything', () => {
    fc.assert(
      fc.property(networkSteps, editSteps, (steps, edits) => {
        let graph = laid(steps);
        for (const step of edits.filter(([kind]) => kind !== 'drag')) {
          graph = again(edited(graph, step));
          expect(drawingFaults(graph, {})).toEqual([]);
        }
      }),
      { numRuns: 60 * runs, examples: [besideSkips] },
    );
  });
});

describe.each(templates.map((template) => [template.id, flatGraphOf(buildTemplate(template, 'test'))] as const))('%s', (_, flat) => {
  const graph = placedAt(flat, arranged(flat, {}));

  it('stays as it is where it is arranged already', () => {
    expect(movedBetween(graph, again(graph))).toEqual([]);
  });

  it('moves no more for a layer that comes in than stood behind it in its line, or its part of the network', () => {
    const wires = Object.values(graph.edges);
    for (let part = 0; part < 6; part += 1) {
      const wire = wires[Math.floor(((part + 0.5) * wires.length) / 6)];
      const after = again(inserted(graph, wire?.id ?? '', { x: 0, y: -400 }));
      expect(movedBetween(graph, after).length).toBeLessThanOrEqual(Math.ceil(Object.keys(graph.nodes).length / 2));
      expect(drawingFaults(after, {})).toEqual([]);
    }
  });

  it('leaves all others where they are when a layer goes up or down where there is room', () => {
    const [last] = Object.values(graph.nodes).toSorted((a, b) => b.position.y - a.position.y || b.position.x - a.position.x);
    const before = dragged(graph, last?.id ?? '', { x: 0, y: 240 });
    expect(movedBetween(before, again(before))).toEqual([]);
  });
});

const line = () => {
  const graph = networkOfSteps([['layer', 5]]);
  return placedAt(graph, arranged(graph, {}));
};
const placeOf = (graph: Graph, id: NodeId) => graph.nodes[id]?.position ?? { x: NaN, y: NaN };

describe('a layer that a person placed', () => {
  it('farther right in its row pushes on what is behind it, and nothing before it', () => {
    const before = dragged(line(), 'n2', { x: 120, y: 0 });
    const after = again(before);
    expect(movedBetween(before, after)).toEqual(['n3', 'n4', 'n5']);
    expect(placeOf(after, 'n3').x - placeOf(after, 'n2').x).toBe(placeOf(after, 'n4').x - placeOf(after, 'n3').x);
  });

  it('in the middle of others’ row has the row go around it', () => {
    const graph = line();
    const alone = applyToGraph(graph, [
      { kind: 'addNode', node: { ...layer(graph, { ...placeOf(graph, 'n3'), x: placeOf(graph, 'n3').x + 20 }), placed: true } },
    ]);
    const after = again(alone);
    expect(overlapping(after)).toEqual([]);
    expect(new Set(['n0', 'n1', 'n2', 'n3', 'n4', 'n5'].map((id) => placeOf(after, id).y)).size).toBe(1);
  });

  it('in a frame keeps the whole frame free', () => {
    const graph = line();
    const { x, y } = placeOf(graph, 'n3');
    const node = { ...layer(graph, { x: x + 40, y: y + 160 }), placed: true as const };
    const frame = { position: { x, y: y + 20 }, size: { width: 300, height: 240 } };
    const framed = { ...frame, id: 'a', kind: 'frame', title: 'Own', tone: 'gray' } as const;
    const after = again(
      applyToGraph(graph, [
        { kind: 'addNode', node },
        { kind: 'annotate', annotation: framed },
      ]),
    );
    for (const { id, position } of Object.values(after.nodes).filter((other) => other.id !== node.id))
      expect(position.y + 64 <= frame.position.y || position.y >= frame.position.y + 240 || position.x + NODE_WIDTH <= x, id).toBe(true);
    expect(placeOf(after, node.id)).toEqual(node.position);
  });
});

describe('a heap of layers that are wired to nothing', () => {
  it('comes to stand in rows beside the network, in which the second time nothing moves; who stood free stays', () => {
    const network = placedAt(
      networkOfSteps([
        ['inception', 2],
        ['layer', 1],
      ]),
      arranged(
        networkOfSteps([
          ['inception', 2],
          ['layer', 1],
        ]),
        {},
      ),
    );
    const heap = Array.from({ length: 600 }, (_, index): GraphNode => {
      const position = { x: (index % 7) * 8, y: (index % 13) * 8 };
      return { id: `h${index}`, type: 'relu', name: `h${index}`, params: {}, position };
    });
    const free: GraphNode = { id: 'free', type: 'relu', name: 'free', params: {}, position: { x: -4000, y: -4000 } };
    const graph = applyToGraph(
      network,
      [...heap, free].map((node) => ({ kind: 'addNode', node })),
    );
    const after = again(graph);
    expect(overlapping(after)).toEqual([]);
    expect(movedBetween(graph, after).filter((id) => !id.startsWith('h'))).toEqual([]);
    expect(movedBetween(after, again(after))).toEqual([]);
  });
});

describe('arranging a selection', () => {
  it('leaves all others where they are, lies on none of them, and changes nothing the second time', () => {
    fc.assert(
      fc.property(networkSteps, editSteps, fc.array(fc.nat(100), { minLength: 2, size: 'medium' }), (steps, edits, chosen) => {
        const start = placedAt(networkOfSteps(steps), arranged(networkOfSteps(steps), {}));
        const graph = again(edits.filter(([kind]) => kind !== 'drag').reduce(edited, start));
        const ids = Object.keys(graph.nodes);
        const selection = new Set(chosen.flatMap((at) => ids[at % ids.length] ?? []));
        const after = placedAt(graph, arrangedAmong(graph, {}, selection));
        expect(movedBetween(graph, after).filter((id) => !selection.has(id))).toEqual([]);
        expect(overlapping(after)).toEqual([]);
        expect(movedBetween(after, placedAt(after, arrangedAmong(after, {}, selection)))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
