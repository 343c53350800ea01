import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newDocument } from '../document/create';
import { parseDocument } from '../document/parse';
import { serializeDocument } from '../document/serialize';
import { groupIntoBlock } from '../edits/blocks/group';
import { unpackBlock } from '../edits/blocks/unpack';
import { beforeNode, besideNodes, freePlace } from '../edits/placing';
import { runningTo } from '../layout/arrange';
import { networkOf, residualNetwork } from '../testing/networks';
import { drawingFaults } from '../testing/geometry';
import { applyEdits } from './applyEdits';
import { directionOf, FLOW_DIRECTIONS, turned, withDirection } from './direction';
import type { Graph, GraphNode } from './graph';
import { partOf } from './partOf';
import { readingOrder } from './readingOrder';
import { nodeBeside } from './walk';

const document = { ...newDocument('turned'), graph: residualNetwork().graph };
const down = applyEdits(document, [{ kind: 'direct', direction: 'down', graph: 'network' }]);

describe('the direction of a graph', () => {
  it('is an edit that moves nothing, and is taken back by its opposite', () => {
    expect(down.graph.direction).toBe('down');
    expect(down.graph.nodes).toBe(document.graph.nodes);
    expect(applyEdits(down, [{ kind: 'direct', direction: 'right', graph: 'network' }])).toEqual(document);
  });

  it('stays through other edits, saving and opening, and with a part of the graph', () => {
    const moved = applyEdits(down, [{ kind: 'rename', id: Object.keys(down.graph.nodes)[0] ?? '', name: 'first', graph: 'network' }]);
    const parsed = parseDocument(serializeDocument(moved));
    expect(parsed.ok && parsed.value.document.graph.direction).toBe('down');
    expect(directionOf(partOf(moved.graph, new Set()))).toBe('down');
  });

  it('is not written where a graph runs to the right, as in all older files', () => {
    expect(serializeDocument(document)).not.toContain('direction');
    const parsed = parseDocument(serializeDocument(document));
    expect(parsed.ok && directionOf(parsed.value.document.graph)).toBe('right');
  });

  it.each(['"up"', '90', '["down"]', 'null'])('as %s in a file is refused by name', (value) => {
    const parsed = parseDocument(serializeDocument(down).replace('"direction": "down"', `"direction": ${value}`));
    expect(parsed).toMatchObject({ ok: false, error: { code: 'E_FIELD', message: expect.stringContaining('graph.direction') as string } });
  });

  it('turns places into places that are turned back', () => {
    const place = fc.record({ x: fc.integer(), y: fc.integer() });
    fc.assert(
      fc.property(place, fc.constantFrom(...FLOW_DIRECTIONS), (at, direction) => {
        expect(turned(turned(at, direction), direction)).toEqual(at);
      }),
    );
    expect(turned({ x: 1, y: 2 }, 'down')).toEqual({ x: 2, y: 1 });
  });
});

const at = (graph: Graph, places: Readonly<Record<string, readonly [number, number]>>): Graph => ({
  ...graph,
  nodes: Object.fromEntries(Object.entries(places).map(([id, [x, y]]) => [id, { ...(graph.nodes[id] as GraphNode), position: { x, y } }])),
});

describe('in a graph that runs down', () => {
  const { graph } = networkOf({ a: ['input'], left: ['relu'], right: ['relu'], sum: ['add'] }, [
    'a → right → sum:inputs.0',
    'a → left → sum:inputs.1',
  ]);
  const placed = withDirection(at(graph, { a: [100, 0], left: [0, 120], right: [200, 120], sum: [100, 240] }), 'down');

  it('what stands left is read first, and the arrows across lead left and right', () => {
    expect(readingOrder(placed)).toEqual(['a', 'left', 'right', 'sum']);
    expect(nodeBeside(placed, 'left', 'after')).toBe('right');
    expect(nodeBeside(placed, 'right', 'before')).toBe('left');
  });

  it('a new layer stands below what feeds it, above what it feeds, and beside what is there', () => {
    const [left, right] = [placed.nodes['left'] as GraphNode, placed.nodes['right'] as GraphNode];
    expect(besideNodes(placed, [left, right])).toEqual({ x: 104, y: 240 });
    expect(beforeNode(placed, left)).toEqual({ x: 0, y: 0 });
    const free = freePlace(placed, { x: 104, y: 240 });
    expect(free.y).toBe(240);
    expect(Math.abs(free.x - 100)).toBeGreaterThanOrEqual(176);
  });
});

describe('a block', () => {
  const network = { ...document, graph: runningTo('down', document.graph, {}) };
  const inner = new Set(Object.values(network.graph.nodes).flatMap(({ id, name }) => (/^preActivation1|1[ab]$/.test(name) ? [id] : [])));

  it('of layers that run down runs down, and is unpacked so', () => {
    const grouped = groupIntoBlock(network, 'network', inner, 'pair');
    if (!grouped.ok) throw new Error(grouped.error);
    const { block, instance } = grouped.value;
    const inside = grouped.value.document.blocks[block]?.graph as Graph;
    expect(directionOf(inside)).toBe('down');
    expect(drawingFaults(inside, {})).toEqual([]);
    const unpacked = unpackBlock(grouped.value.document, 'network', instance);
    if (!unpacked.ok) throw new Error(unpacked.error);
    const nodes = unpacked.value.nodes.map((id) => unpacked.value.document.graph.nodes[id] as GraphNode);
    const spread = (axis: 'x' | 'y') =>
      Math.max(...nodes.map(({ position }) => position[axis])) - Math.min(...nodes.map(({ position }) => position[axis]));
    expect(spread('y')).toBeGreaterThan(spread('x'));
  });

  it('brings no marks and no ways of wires along that were made where its layers stood', () => {
    const marked = (graph: Graph): Graph => ({
      ...graph,
      nodes: Object.fromEntries(Object.entries(graph.nodes).map(([id, node]) => [id, { ...node, placed: true }])),
      edges: Object.fromEntries(Object.entries(graph.edges).map(([id, edge]) => [id, { ...edge, route: { lane: 40 } }])),
    });
    const down = runningTo('down', marked(document.graph), {});
    expect(Object.values(down.nodes).filter(({ placed: mark }) => mark)).toEqual([]);
    expect(Object.values(down.edges).filter(({ route }) => route)).toEqual([]);
    const grouped = groupIntoBlock({ ...document, graph: marked(document.graph) }, 'network', inner, 'pair');
    if (!grouped.ok) throw new Error(grouped.error);
    const unpacked = unpackBlock(grouped.value.document, 'network', grouped.value.instance);
    if (!unpacked.ok) throw new Error(unpacked.error);
    expect(unpacked.value.nodes.filter((id) => unpacked.value.document.graph.nodes[id]?.placed)).toEqual([]);
  });

  it('that runs to the right is laid out anew where it is unpacked into a graph that runs down', () => {
    const grouped = groupIntoBlock(document, 'network', inner, 'pair');
    if (!grouped.ok) throw new Error(grouped.error);
    const turnedAround = { ...grouped.value.document, graph: withDirection(grouped.value.document.graph, 'down') };
    const unpacked = unpackBlock(turnedAround, 'network', grouped.value.instance);
    if (!unpacked.ok) throw new Error(unpacked.error);
    const nodes = unpacked.value.nodes.map((id) => (unpacked.value.document.graph.nodes[id] as GraphNode).position);
    for (const [index, one] of nodes.entries())
      for (const other of nodes.slice(index + 1)) expect(Math.abs(one.x - other.x) >= 152 || Math.abs(one.y - other.y) >= 64).toBe(true);
  });
});
