import { describe, expect, it } from 'vitest';
import { networkOf } from '../testing/networks';
import type { Graph } from './graph';
import { nothingTaken, portsOf } from './ports';
import { takenPorts } from './takenPorts';
import { nodeBeside, partsOf, wiresAlong } from './walk';

const { graph: loose } = networkOf({ image: ['input'], split: ['shortcut'], conv: ['conv2d'], add: ['add'] }, [
  'image → split',
  'split:preActivated → conv → add:inputs.0',
  'split:shortcut → add:inputs.1',
]);
const places: Readonly<Record<string, readonly [number, number]>> = { image: [0, 0], split: [240, 0], conv: [480, 80], add: [720, 0] };
const graph: Graph = {
  ...loose,
  nodes: Object.fromEntries(
    Object.values(loose.nodes).map((node) => {
      const [x, y] = places[node.id] ?? [0, 0];
      return [node.id, { ...node, position: { x, y } }];
    }),
  ),
};
const portsIn = (id: string) => portsOf(graph.nodes[id] as Graph['nodes'][string], {}, takenPorts(graph).get(id) ?? nothingTaken);
const ends = (edges: ReturnType<typeof wiresAlong>) => edges.map(({ from, to }) => `${from.node} → ${to.node}`);

describe('along the wires', () => {
  it('goes by ports as they are listed, whatever stands above', () => {
    expect(ends(wiresAlong(graph, 'split', 'forward', portsIn('split')))).toEqual(['split → conv', 'split → add']);
    expect(ends(wiresAlong(graph, 'add', 'back', portsIn('add')))).toEqual(['conv → add', 'split → add']);
    expect(wiresAlong(graph, 'add', 'forward')).toEqual([]);
  });
});

describe('above and below', () => {
  it('is the nearest one, sideways counting more', () => {
    expect(nodeBeside(graph, 'split', 'after')).toBe('conv');
    expect(nodeBeside(graph, 'conv', 'before')).toBe('split');
    expect(nodeBeside(graph, 'conv', 'after')).toBeUndefined();
    expect(nodeBeside(graph, 'gone', 'after')).toBeUndefined();
  });
});

describe('the parts of a layer', () => {
  it('are its ports, each with its wires', () => {
    const named = partsOf(graph, 'split', portsIn('split')).map((part) =>
      part.kind === 'port' ? `${part.side} ${part.port}` : ends([graph.edges[part.edge] as NonNullable<Graph['edges'][string]>])[0],
    );
    expect(named).toEqual(['input x', 'image → split', 'output preActivated', 'split → conv', 'output shortcut', 'split → add']);
  });
});
