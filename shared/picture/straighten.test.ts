import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTemplate } from '../blocks/templates/template';
import { templates } from '../blocks/templates/index';
import { FLOW_DIRECTIONS, turned, type FlowDirection } from '../graph/direction';
import type { Graph, GraphEdge } from '../graph/graph';
import type { Port } from '../graph/ports';
import { arranged, placedAt, runningTo } from '../layout/arrange';
import { graphsOf, placedIn } from '../testing/geometry';
import { boxOfLayer, nodeSize, portPlace, samePlace, type PlacedNode } from './geometry';
import { createStraightener } from './straighten';
import { createWayfinder } from './wayfinding';

const port = (id: string): Port => ({ id, name: id });
const spare: Port = { ...port('spare'), isSpare: true };

function layer(id: string, x: number, y: number, inputs: readonly Port[], direction: FlowDirection = 'right'): PlacedNode {
  const ports = { inputs, outputs: [port('y')] };
  return { id, position: turned({ x, y }, direction), data: { ports, ...nodeSize(ports, direction) } };
}

function wire(from: string, to: string, at = 'x'): GraphEdge {
  return { id: `${from} ${to} ${at}`, from: { node: from, port: 'y' }, to: { node: to, port: at } };
}

const two = [port('a'), port('b'), spare];
/** A fork, a branch and a merge in one row: the nearer one is the main path. */
const block = (direction: FlowDirection) => [
  layer('fork', 0, 0, [port('x')], direction),
  layer('conv', 240, 0, [port('x')], direction),
  layer('add', 480, 0, two, direction),
];
const wires = (main: 'a' | 'b') => [wire('fork', 'conv'), wire('conv', 'add', main), wire('fork', 'add', main === 'a' ? 'b' : 'a')];
const offsets = ({ data }: PlacedNode, direction: FlowDirection) =>
  [0, 1].map((index) => turned(portPlace(data, 'inputs', index, direction), direction).y);

describe('ports at a merge', () => {
  it.each(FLOW_DIRECTIONS)('to the %s, the wire of the nearest layer in line enters in the middle, by whatever port', (direction) => {
    const half = direction === 'right' ? 32 : 76;
    const [, , first] = createStraightener()(block(direction), wires('a'), direction);
    const [, , second] = createStraightener()(block(direction), wires('b'), direction);
    expect(first && offsets(first, direction)).toEqual([half, half * 1.5]);
    expect(second && offsets(second, direction)).toEqual([half / 2, half]);
  });

  it('stand beside each other where nothing is in line, or what is stands behind', () => {
    const apart = block('right').map((node) => (node.id === 'add' ? layer('add', 480, 40, two) : node));
    const behind = block('right').map((node) => (node.id === 'add' ? layer('add', -300, 0, two) : node));
    for (const nodes of [apart, behind]) {
      const add = createStraightener()(nodes, wires('a'), 'right').find(({ id }) => id === 'add');
      expect(add && offsets(add, 'right')).toEqual([18, 46]);
    }
  });

  it('of several outputs, too, the one from which a wire runs straight is in the middle', () => {
    const split = { ...layer('split', 0, 0, [port('x')]), data: { ...layer('split', 0, 0, []).data } };
    const outputs = [port('y'), port('z')];
    const node = { ...split, data: { ...split.data, ports: { inputs: [port('x')], outputs } } };
    const edge: GraphEdge = { id: 'e', from: { node: 'split', port: 'z' }, to: { node: 'next', port: 'x' } };
    const [made] = createStraightener()([node, layer('next', 240, 0, [port('x')])], [edge], 'right');
    expect(made && portPlace(made.data, 'outputs', 1, 'right')).toEqual({ x: 152, y: 32 });
    expect(made && portPlace(made.data, 'outputs', 0, 'right')).toEqual({ x: 152, y: 16 });
  });

  it('keeps the objects of what is as before, and the size of a layer that only moves along', () => {
    const straighten = createStraightener();
    const nodes = block('right');
    const before = straighten(nodes, wires('a'), 'right');
    expect(straighten([...nodes], wires('a'), 'right')).toBe(before);
    const moved = nodes.map((node) => (node.id === 'add' ? { ...node, position: { x: 520, y: 0 } } : node));
    expect(straighten(moved, wires('a'), 'right')[2]?.data).toBe(before[2]?.data);
  });

  it('after any moves and wires are where they would be from nothing', () => {
    const straighten = createStraightener();
    const place = fc.record({ x: fc.integer({ min: 0, max: 3 }), y: fc.integer({ min: 0, max: 1 }) });
    const scenes = fc.tuple(
      fc.array(place, { minLength: 6, maxLength: 6 }),
      fc.uniqueArray(fc.nat(35), { maxLength: 8, size: 'medium' }),
      fc.boolean(),
    );
    let before: readonly PlacedNode[] = [];
    fc.assert(
      fc.property(scenes, ([places, pairs, isDown]) => {
        const direction = isDown ? 'down' : 'right';
        const nodes = places.map(({ x, y }, index) => {
          const made = layer(`n${index}`, x * 160, y * 40, two, direction);
          const old = before.find(({ id, position }) => id === made.id && samePlace(position, made.position));
          return old ?? made;
        });
        before = nodes;
        const edges = pairs.map((pair) => wire(`n${Math.floor(pair / 6)}`, `n${pair % 6}`, pair % 2 === 0 ? 'a' : 'b'));
        expect(straighten(nodes, edges, direction)).toEqual(createStraightener()(nodes, edges, direction));
      }),
      { numRuns: 500 },
    );
  });
});

describe.each(templates.map((template) => [template.id, template] as const))('%s', (_, template) => {
  const document = buildTemplate(template, 'test');

  it.each(graphsOf(document))('%s: a wire between two layers that stand next to each other in a row is a straight line', (_name, graph) => {
    expect(bentNeighbours(placedAt(graph, arranged(graph, document.blocks)), 'right')).toEqual([]);
    expect(bentNeighbours(runningTo('down', graph, document.blocks), 'down')).toEqual([]);
  });

  /** Wires that bend although their layers are neighbours in a row; of two wires between the same layers only one can be straight. */
  function bentNeighbours(graph: Graph, direction: FlowDirection): readonly string[] {
    const edges = Object.values(graph.edges);
    const placed = placedIn(graph, document.blocks);
    const boxes = new Map(placed.map((node) => [node.id, boxIn(node, direction)]));
    const ways = createWayfinder()(edges, placed, false, direction);
    const straight = new Set<string>();
    const bent = new Map<string, string>();
    for (const { edge, corners } of ways.courses.values()) {
      const [from, to] = [boxes.get(edge.from.node), boxes.get(edge.to.node)];
      if (!from || !to || from.middle !== to.middle || to.start < from.end) continue;
      const isBetween = [...boxes.values()].some(({ middle, start }) => middle === from.middle && start > from.start && start < to.start);
      const pair = `${edge.from.node} ${edge.to.node}`;
      if (corners.length === 2) straight.add(pair);
      else if (!isBetween) bent.set(pair, edge.id);
    }
    return [...bent].flatMap(([pair, id]) => (straight.has(pair) ? [] : [id]));
  }
});

function boxIn(node: PlacedNode, direction: FlowDirection) {
  const { x, y, width, height } = boxOfLayer(node);
  return direction === 'right'
    ? { start: x, end: x + width, middle: y + height / 2 }
    : { start: y, end: y + height, middle: x + width / 2 };
}
