import { freeInput, nextOutput, portsIn } from '../../edits/ports';
import type { GraphEdge } from '../../graph/graph';
import { pathBeside, placeOf, type GraphPlace } from './draft';
import type { Plan, Site } from './plan';
import { sources } from './wiring';

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
  const others = entering.length === 0 && leaving.length === 1 ? fromOthers(site, at, leaving[0] as GraphEdge) : [];
  return [...ledElsewhere(site, at, entering, leaving), ...others, withoutWires(at, [...entering, ...leaving])];
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

/** Other layers tried as the source of a wire that began at one without outputs. */
const TRIED = 6;

/** A wire that begins at a layer without outputs is led from another one: what feeds nothing, and what fits, comes first. */
function fromOthers(site: Site, at: GraphPlace, edge: GraphEdge): readonly Plan[] {
  const path = pathBeside(at, edge.to.node);
  const target = nextOutput(at.graph, site.document.blocks, at.node) ? undefined : placeOf(site.document, path);
  if (!target) return [];
  return sources({ ...site, problem: { ...site.problem, node: path } }, target)
    .slice(0, TRIED)
    .map(({ from, name, isOpen }, index) => ({
      id: `from:${from.node}:${from.port}`,
      title: `Wire ${name} to ${target.node.name} instead of ${at.node.name}`,
      edits: [{ kind: 'connect', edge: { ...edge, from }, graph: at.ref }],
      places: [{ into: path, port: edge.to.port }],
      unfit: (isOpen ? 0.4 : 0.7) + index * 0.05,
    }));
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
