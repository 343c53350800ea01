import fc from 'fast-check';
import type { Graph, GraphEdge, GraphNode } from '../graph/graph';

/** Chains, and branches that come back: as networks are made. Each step says what is added to the end. */
export const networkSteps = fc.array(fc.tuple(fc.constantFrom('layer', 'skip', 'branch', 'inception'), fc.integer({ min: 1, max: 4 })), {
  minLength: 1,
  maxLength: 14,
  size: 'medium',
});

/** The network of such steps, with all layers in one place. */
export function networkOfSteps(list: readonly (readonly [string, number])[]): Graph {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const add = (type: string, ...from: readonly string[]) => {
    const id = `n${nodes.length}`;
    nodes.push({ id, type, name: id, params: {}, position: { x: 0, y: 0 } });
    from.forEach((source, index) =>
      edges.push({
        id: `e${edges.length}`,
        from: { node: source, port: 'y' },
        to: { node: id, port: type === 'add' ? `inputs.${index}` : 'x' },
      }),
    );
    return id;
  };
  const chain = (from: string, length: number) => Array.from({ length }).reduce<string>((at) => add('relu', at), from);
  list.reduce((at, [kind, size]) => {
    if (kind === 'layer') return chain(at, size);
    if (kind === 'skip') return add('add', chain(at, size), at);
    if (kind === 'branch') return add('add', chain(at, size + 1), chain(at, size));
    return add('add', chain(at, 1), chain(at, size), chain(at, 2), at);
  }, add('input'));
  return {
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
  };
}
