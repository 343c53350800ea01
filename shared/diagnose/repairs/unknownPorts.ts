import { freeInput, nextOutput, portsIn } from '../../edits/ports';
import type { GraphEdge } from '../../graph/graph';
import { pathBeside, placeOf, type GraphPlace } from './draft';
import type { Plan, Site } from './plan';

/** Wires at a port that is not there: led to one that is, or taken away. */
export function unknownPorts(site: Site): readonly Plan[] {
  const { code, node, port } = site.problem;
  const at = code === 'graph/unknown-port' ? placeOf(site.document, node) : undefined;
  if (!at) return [];
  const wires = Object.values(at.graph.edges);
  const ports = portsIn(at.graph, site.document.blocks, at.node);
  const isThere = (side: 'inputs' | 'outputs') => ports[side].some(({ id }) => id === port);
  const entering = isThere('inputs') ? [] : wires.filter(({ to }) => to.node === at.node.id && to.port === port);
  const leaving = isThere('outputs') ? [] : wires.filter(({ from }) => from.node === at.node.id && from.port === port);
  return [...ledElsewhere(site, at, entering, leaving), withoutWires(at, [...entering, ...leaving])];
}

/** Wires that leave all go to the first output; of those that enter, one to the first input that is free. */
function ledElsewhere(site: Site, at: GraphPlace, entering: readonly GraphEdge[], leaving: readonly GraphEdge[]): readonly Plan[] {
  const { blocks } = site.document;
  const to = entering.length === 1 ? freeInput(at.graph, blocks, at.node) : undefined;
  const from = leaving.length > 0 ? nextOutput(at.graph, blocks, at.node) : undefined;
  if ((entering.length > 0 && !to) || (leaving.length > 0 && !from)) return [];
  const led = [...(to ? entering.map((edge) => ({ ...edge, to })) : []), ...(from ? leaving.map((edge) => ({ ...edge, from })) : [])];
  const port = to?.port ?? from?.port ?? '';
  return [
    {
      id: `lead:${port}`,
      title: `Lead ${inWords(at, led)} ${to ? 'into' : 'out of'} "${port}" of ${at.node.name}`,
      edits: led.map((edge) => ({ kind: 'connect', edge, graph: at.ref })),
      places: placesOf(at, led),
      unfit: 0.5,
    },
  ];
}

function withoutWires(at: GraphPlace, wires: readonly GraphEdge[]): Plan {
  return {
    id: 'disconnect',
    title: `Remove ${inWords(at, wires)}`,
    edits: wires.map(({ id }) => ({ kind: 'disconnect', id, graph: at.ref })),
    places: placesOf(at, wires),
    unfit: 1,
  };
}

function placesOf(at: GraphPlace, wires: readonly GraphEdge[]): Plan['places'] {
  return wires.map(({ to }) => ({ into: pathBeside(at, to.node), port: to.port }));
}

function inWords({ graph }: GraphPlace, wires: readonly GraphEdge[]): string {
  const [first] = wires;
  if (!first || wires.length > 1) return `the ${wires.length} wires`;
  return `the wire from ${graph.nodes[first.from.node]?.name ?? ''} to ${graph.nodes[first.to.node]?.name ?? ''}`;
}
