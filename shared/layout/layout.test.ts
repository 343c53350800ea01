import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { templates } from '../blocks/templates/index';
import { buildTemplate } from '../blocks/templates/template';
import { drawingFaults, flatGraphOf, graphsOf } from '../testing/geometry';
import { networkOfSteps, networkSteps } from '../testing/branching';
import type { GraphEdge, GraphNode, Graph } from '../graph/graph';
import { resnet } from '../blocks/templates/resnet';
import { arranged, arrangedAround, placedAt, runningTo } from './arrange';

describe.each(templates.map((template) => [template.id, template] as const))('%s', (_, template) => {
  const document = buildTemplate(template, 'test');

  it.each(graphsOf(document))('%s: no layer lies on another, no wire runs through a layer or on another wire', (_name, graph) => {
    expect(drawingFaults(placedAt(graph, arranged(graph, document.blocks)), document.blocks)).toEqual([]);
    expect(drawingFaults(runningTo('down', graph, document.blocks), document.blocks)).toEqual([]);
  });
});

const place = (graph: Graph) => placedAt(graph, arranged(graph, {}));
const named = (graph: Graph, name: string) => {
  const found = Object.values(graph.nodes).find((node) => node.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found.position;
};

describe('a residual network', () => {
  const document = buildTemplate(resnet, 'test', { layers: 18 });
  const block = Object.values(document.blocks)[0];

  it('has its main path in one straight row with the merge in line, and its skip wire clear below', () => {
    const inside = placedAt(block?.graph ?? document.graph, arranged(block?.graph ?? document.graph, document.blocks));
    const row = ['shortcut', 'conv1', 'preActivation', 'conv2', 'add'].map((name) => named(inside, name));
    expect(new Set(row.map(({ y }) => y)).size).toBe(1);
    expect(row.map(({ x }) => x)).toEqual(row.map(({ x }) => x).toSorted((a, b) => a - b));
  });

  it('runs down with its main path in one column, each layer below the one that feeds it', () => {
    const inside = runningTo('down', block?.graph ?? document.graph, document.blocks);
    const column = ['shortcut', 'conv1', 'preActivation', 'conv2', 'add'].map((name) => named(inside, name));
    expect(new Set(column.map(({ x }) => x)).size).toBe(1);
    expect(column.map(({ y }) => y)).toEqual(column.map(({ y }) => y).toSorted((a, b) => a - b));
    expect(inside.direction).toBe('down');
    expect(runningTo('down', inside, document.blocks)).toBe(inside);
  });

  it('has the same places each time, whatever places it had', () => {
    const flat = flatGraphOf(document);
    const moved = placedAt(flat, new Map(Object.keys(flat.nodes).map((id, index) => [id, { x: -index * 17, y: index * index }])));
    expect(arranged(moved, {})).toEqual(arranged(flat, {}));
    expect(arranged(place(flat), {})).toEqual(arranged(flat, {}));
  });
});

it('any network of chains, skips and branches is drawn without a fault', () => {
  fc.assert(
    fc.property(networkSteps, (list) => {
      const graph = networkOfSteps(list);
      expect(drawingFaults(place(graph), {})).toEqual([]);
      expect(drawingFaults(runningTo('down', graph, {}), {})).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

it('places what is on a cycle and what is wired to nothing, too', () => {
  const graph = networkOfSteps([['layer', 3]]);
  const loop: GraphEdge = { id: 'back', from: { node: 'n3', port: 'y' }, to: { node: 'n1', port: 'x' } };
  const alone: GraphNode = { id: 'alone', type: 'relu', name: 'alone', params: {}, position: { x: 0, y: 0 } };
  const whole = { nodes: { ...graph.nodes, alone }, edges: { ...graph.edges, back: loop } };
  const places = [...arranged(whole, {}).values()].map(({ x, y }) => `${x},${y}`);
  expect(new Set(places).size).toBe(5);
});

it('layers without a wire stand in rows below what is wired, and stay there when all is arranged again', () => {
  const layer = (id: string): GraphNode => ({ id, type: 'relu', name: id, params: {}, position: { x: 0, y: 0 } });
  const nodes = ['a', 'b', ...Array.from({ length: 20 }, (_, index) => `alone${index}`)].map(layer);
  const wire: GraphEdge = { id: 'e', from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } };
  const drawn: Graph = { nodes: Object.fromEntries(nodes.map((node) => [node.id, node])), edges: { e: wire } };
  for (const graph of [drawn, { ...drawn, direction: 'down' as const }]) {
    const after = placedAt(graph, arranged(graph, {}));
    const alone = Object.values(after.nodes).filter(({ id }) => id.startsWith('alone'));
    const [rows, columns] = [new Set(alone.map(({ position }) => position.y)), new Set(alone.map(({ position }) => position.x))];
    expect(rows.size).toBeGreaterThan(2);
    expect(columns.size).toBeGreaterThan(2);
    expect(drawingFaults(after, {})).toEqual([]);
    expect(Object.fromEntries(arrangedAround(after, {}))).toEqual(
      Object.fromEntries(Object.values(after.nodes).map(({ id, position }) => [id, position])),
    );
  }
});
