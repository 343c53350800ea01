import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { GraphEdge } from '../graph/graph';
import type { NodePorts } from '../graph/ports';
import { FLOW_DIRECTIONS, turned, type FlowDirection } from '../graph/direction';
import { nodeSize, turnedBox, type PlacedNode } from './geometry';
import { createWayfinder } from './wayfinding';

const COLUMNS = 8;
const named = (id: string) => ({ id, name: id });
const plain: NodePorts = { inputs: [named('x')], outputs: [named('y')] };
const tall: NodePorts = { inputs: ['inputs.0', 'inputs.1', 'inputs.2', 'inputs.3'].map(named), outputs: [named('y')] };

interface Drawn {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly GraphEdge[];
}

function placed(id: string, x: number, y: number, ports: NodePorts): PlacedNode {
  return { id, position: { x, y }, data: { ports, ...nodeSize(ports, 'right') } };
}

function wire(id: string, from: string, to: string, port: string): GraphEdge {
  return { id, from: { node: from, port: 'y' }, to: { node: to, port } };
}

/** Lines of layers, each with a skip over its neighbour: nested lanes, ways back to the next line, forks, crossings. */
const ladder: Drawn = (() => {
  const nodes: PlacedNode[] = [];
  const edges: GraphEdge[] = [];
  for (let index = 0; index < 4 * COLUMNS; index += 1) {
    const isMerge = index % 3 === 2;
    nodes.push(placed(`n${index}`, (index % COLUMNS) * 240, Math.floor(index / COLUMNS) * 160, isMerge ? tall : plain));
    if (index > 0) edges.push(wire(`e${index}`, `n${index - 1}`, `n${index}`, isMerge ? 'inputs.0' : 'x'));
    if (isMerge) edges.push(wire(`s${index}`, `n${index - 2}`, `n${index}`, 'inputs.1'));
    if (isMerge && index % 2 === 0) edges.push(wire(`l${index}`, `n${Math.max(0, index - 5)}`, `n${index}`, 'inputs.2'));
  }
  return { nodes, edges };
})();

interface Step {
  readonly kind: 'move' | 'remove' | 'restore' | 'connect' | 'disconnect' | 'lead' | 'reorder' | 'grow' | 'drag' | 'cancel';
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Step['kind']>(
    ...(['move', 'move', 'remove', 'restore', 'connect', 'disconnect', 'lead', 'reorder', 'grow', 'drag', 'cancel'] as const),
  ),
  a: fc.nat(999),
  b: fc.nat(999),
  c: fc.nat(999),
});

const somewhere = ({ b, c }: Step) => ({ x: (b % (COLUMNS * 30)) * 8, y: (c % 80) * 8 });

const changes: Readonly<Record<Exclude<Step['kind'], 'drag' | 'cancel'>, (drawn: Drawn, step: Step) => Drawn>> = {
  move: ({ nodes, edges }, each) => ({
    nodes: nodes.map((node, index) => (index === each.a % nodes.length ? { ...node, position: somewhere(each) } : node)),
    edges,
  }),
  remove: ({ nodes, edges }, { a }) => {
    const { id } = nodes[a % nodes.length] ?? { id: '' };
    return { nodes: nodes.filter((node) => node.id !== id), edges: edges.filter(({ from, to }) => from.node !== id && to.node !== id) };
  },
  /** As an undo does it: what was there at the beginning is there again, in its place. */
  restore: () => ladder,
  connect: ({ nodes, edges }, { a, b, c }) => {
    const [from, to] = [nodes[a % nodes.length], nodes[b % nodes.length]];
    const port = to?.data.ports.inputs[c % to.data.ports.inputs.length]?.id;
    if (!from || !to || from === to || port === undefined) return { nodes, edges };
    return { nodes, edges: [...edges.filter(({ id }) => id !== `w${c % 7}`), wire(`w${c % 7}`, from.id, to.id, port)] };
  },
  disconnect: ({ nodes, edges }, { a }) => ({ nodes, edges: edges.filter((_, index) => index !== a % (edges.length || 1)) }),
  lead: ({ nodes, edges }, { a, b, c }) => ({
    nodes,
    edges: edges.map((edge, index) => (index === a % edges.length ? { ...edge, route: { lane: (b % 40) * 8 - 160, turn: c % 60 } } : edge)),
  }),
  reorder: ({ nodes, edges }, { a }) => {
    const at = a % (edges.length || 1);
    return { nodes, edges: [...edges.slice(at), ...edges.slice(0, at)] };
  },
  grow: ({ nodes, edges }, each) => ({
    nodes: [...nodes, placed(`new${each.a}${nodes.length}`, somewhere(each).x, somewhere(each).y, tall)],
    edges,
  }),
};

it.each(FLOW_DIRECTIONS)('to the %s, ways from edit to edit, with drags between, are what they are from nothing', (direction) => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 14, size: 'medium' }), (steps) => {
      const running = runningTo(direction);
      const find = createWayfinder();
      const waysNow = ({ edges, nodes }: Drawn, isMoving = false, waysOf = find) => waysOf(edges, nodes.map(running), isMoving, direction);
      let drawn = ladder;
      waysNow(drawn);
      for (const each of steps) {
        if (each.kind === 'drag' || each.kind === 'cancel') {
          let flown = drawn;
          for (let frame = 1; frame <= 3; frame += 1) {
            flown = changes.move(drawn, { ...each, b: each.b + frame * 3, c: each.c + frame });
            waysNow(flown, true);
          }
          if (each.kind === 'drag') drawn = flown;
        } else drawn = changes[each.kind](drawn, each);
        expect(waysNow(drawn)).toEqual(waysNow(drawn, false, createWayfinder()));
      }
    }),
    { numRuns: 60 },
  );
});

it.each(FLOW_DIRECTIONS)('to the %s, an edit gives only those wires anew that run otherwise', (direction) => {
  const waysNow = createWayfinder();
  const drawn = { ...ladder, nodes: ladder.nodes.map(runningTo(direction)) };
  const before = waysNow(drawn.edges, drawn.nodes, false, direction);
  const without = changes.remove(drawn, { kind: 'remove', a: 3, b: 0, c: 0 });
  const after = waysNow(without.edges, without.nodes, false, direction);
  const others = [...after.courses].filter(([id, course]) => before.courses.get(id) !== course);
  expect(others.length).toBeLessThan(6);
  expect(waysNow([...without.edges], [...without.nodes], false, direction)).toBe(after);
});

/** The layer as it stands and is as large as in a graph that runs the other way; one object for each. */
function runningTo(direction: FlowDirection): (node: PlacedNode) => PlacedNode {
  const known = new WeakMap<PlacedNode, PlacedNode>();
  return (node) => {
    const { id, position, data } = node;
    const { x, y } = turned(position, direction);
    const made = known.get(node) ?? {
      id,
      position: { x: x * 2.2, y: y / 2 },
      data: { ports: data.ports, ...nodeSize(data.ports, direction) },
    };
    known.set(node, made);
    return direction === 'right' ? node : made;
  };
}

it('a graph that runs down has the corners, rectangles and hops of the same layers turned, where both are as long as broad', () => {
  const square = (ports: NodePorts) => ({ ports, width: 100, height: 100 });
  const nodes = ladder.nodes.map((node) => ({ ...node, data: square(node.data.ports) }));
  const down = nodes.map((node) => ({ ...node, position: turned(node.position, 'down') }));
  // Only what is not led beside others: shapes need more room between wires that run down.
  const edges = ladder.edges.filter(({ id }) => id.startsWith('e') && Number(id.slice(1)) % COLUMNS !== 0);
  const [right, turnedWays] = [createWayfinder()(edges, nodes, false, 'right'), createWayfinder()(edges, down, false, 'down')];
  for (const [id, { corners, bounds }] of right.courses) {
    expect(turnedWays.courses.get(id)?.corners).toEqual(corners.map((corner) => turned(corner, 'down')));
    expect(turnedWays.courses.get(id)?.bounds).toEqual(turnedBox(bounds, 'down'));
  }
  expect(right.courses.size).toBeGreaterThan(20);
});
