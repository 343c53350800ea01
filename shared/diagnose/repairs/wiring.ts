import { removeAndHeal } from '../../edits/heal';
import { applyToGraph } from '../../graph/applyEdits';
import type { Edit, GraphEdit, GraphRef } from '../../graph/edit';
import { parsePort, variadicPort, type Graph, type GraphEdge, type GraphNode, type PortRef } from '../../graph/graph';
import { cycleThrough } from '../../graph/order';
import { newId } from '../../graph/names';
import { portsOf, nothingTaken } from '../../graph/ports';
import { takenPorts } from '../../graph/takenPorts';
import { findLayer } from '../../layers/index';
import { compareShapes, type TensorType } from '../../graph/tensor';
import { newNode, pathBeside, placeOf, type GraphPlace } from './draft';
import type { Plan, Site } from './plan';

/** Problems of the wiring itself: nothing connected, two wires in a port, a circle, no beginning or no end. */
export function wiring(site: Site): readonly Plan[] {
  const { code } = site.problem;
  if (code === 'graph/not-connected') return connections(site);
  if (code === 'graph/two-wires') return oneWire(site);
  if (code === 'graph/cycle') return openCycle(site);
  if (code === 'graph/no-output') return addOutput(site);
  if (code === 'graph/no-input') return addInput(site);
  return [];
}

/** Sources for a free port: outputs that feed nothing, then those nearest before it; a merge's in the shape of its other input. */
function connections(site: Site): readonly Plan[] {
  const at = placeOf(site.document, site.problem.node);
  const port = at && (at.node.type === 'block' ? site.problem.port : freePort(at));
  if (!at || port === undefined) return [];
  return sources(site, at)
    .slice(0, 6)
    .map(({ from, name, isOpen }, index) => ({
      id: `connect:${from.node}:${from.port}`,
      title: `Wire ${name} to ${portInWords(site, at.node, port)}`,
      edits: [{ kind: 'connect', edge: { id: newId(at.graph, 'e'), from, to: { node: at.node.id, port } }, graph: at.ref }],
      places: [{ into: site.problem.node, port }],
      unfit: (isOpen ? 0.5 : 1.5) + index * 0.2,
    }));
}

/** `add2`; where a layer's inputs mean different things, `key of attention`. */
function portInWords({ document }: Site, node: GraphNode, port: string): string {
  const { type, name } = node;
  const inputs = type === 'block' ? portsOf(node, document.blocks, nothingTaken).inputs : (findLayer(type)?.inputs ?? []);
  return inputs.length > 1 ? `${port} of ${name}` : name;
}

function freePort({ graph, node }: GraphPlace): string | undefined {
  const spec = findLayer(node.type)?.inputs;
  const taken = new Set(
    Object.values(graph.edges)
      .filter(({ to }) => to.node === node.id)
      .map(({ to }) => to.port),
  );
  for (const input of spec ?? []) {
    if (!input.variadic) {
      if (!taken.has(input.name)) return input.name;
      continue;
    }
    const used = new Set(
      [...taken]
        .map(parsePort)
        .filter(({ name }) => name === input.name)
        .map(({ index }) => index),
    );
    for (let index = 0; ; index += 1) if (!used.has(index)) return variadicPort(input.name, index);
  }
  return undefined;
}

interface Source {
  readonly from: PortRef;
  readonly name: string;
  /** Feeds nothing yet. */
  readonly isOpen: boolean;
  readonly rank: number;
}

/** Outputs that could feed the layer with the problem, drawn at this place: the likeliest first. */
export function sources(site: Site, at: GraphPlace): readonly Source[] {
  const { graph, node } = at;
  const taken = takenPorts(graph);
  const sibling = Object.values(site.analysis.nodes.get(site.problem.node)?.inputs ?? {})[0];
  // A merge puts different things together; an attention may take all its inputs from one place.
  const isMerge = findLayer(node.type)?.category === 'merge';
  const wiredAlready = new Set(
    Object.values(graph.edges)
      .filter(({ to }) => isMerge && to.node === node.id)
      .map(({ from }) => `${from.node}\n${from.port}`),
  );
  return Object.values(graph.nodes)
    .flatMap((other): Source[] => {
      if (other.id === node.id || cycleThrough(graph, other.id, node.id)) return [];
      const used = new Set(taken.get(other.id)?.outputs ?? []);
      return portsOf(other, site.document.blocks, taken.get(other.id) ?? nothingTaken).outputs.flatMap(({ id }): Source[] => {
        if (wiredAlready.has(`${other.id}\n${id}`)) return [];
        const type = site.analysis.nodes.get(pathBeside(at, other.id))?.outputs[id];
        const isOpen = used.size === 0;
        return [{ from: { node: other.id, port: id }, name: other.name, isOpen, rank: rankOf(other, node, type, sibling, isOpen) }];
      });
    })
    .sort((a, b) => a.rank - b.rank);
}

/** Nearer is better; what feeds nothing, and what has the shape of the merge's other input, comes first. */
function rankOf(other: GraphNode, node: GraphNode, type: TensorType | undefined, sibling: TensorType | undefined, isOpen: boolean): number {
  const distance = Math.hypot(node.position.x - other.position.x, node.position.y - other.position.y) / 240;
  const fits = sibling === undefined || (type !== undefined && compareShapes(type.shape, sibling.shape) === 'equal');
  return distance + (isOpen ? 0 : 20) + (fits ? 0 : 200) + (other.position.x > node.position.x ? 5 : 0);
}

function oneWire(site: Site): readonly Plan[] {
  const at = placeOf(site.document, site.problem.node);
  const entering = Object.values(at?.graph.edges ?? {}).filter(({ to }) => to.node === at?.node.id && to.port === site.problem.port);
  // The last one drawn is more likely the mistake than the first.
  return entering.toReversed().flatMap((edge, index) => (at ? [withoutWire(at, edge, index)] : []));
}

/** What feeds nothing else goes with its wire: left behind, it would be a branch that leads nowhere. */
function withoutWire(at: GraphPlace, edge: GraphEdge, index: number): Plan {
  const { graph, ref } = at;
  const source = graph.nodes[edge.from.node];
  const isUseless =
    source?.type !== 'input' && !Object.values(graph.edges).some(({ id, from }) => id !== edge.id && from.node === edge.from.node);
  const name = source?.name ?? edge.from.node;
  return {
    id: `disconnect:${edge.id}`,
    title: isUseless ? `Remove the wire from ${name}, and ${name} with it` : `Remove the wire from ${name}`,
    edits: [
      { kind: 'disconnect', id: edge.id, graph: ref },
      ...(isUseless ? [{ kind: 'removeNode', id: edge.from.node, graph: ref } as const] : []),
    ],
    places: [{ into: pathBeside(at, edge.to.node), port: edge.to.port }],
    unfit: 0.5 + index,
  };
}

/** Any wire of the circle opens it; one that leads against the reading direction is the likeliest mistake. */
function openCycle(site: Site): readonly Plan[] {
  const at = placeOf(site.document, site.problem.node);
  if (!at) return [];
  const { graph, ref } = at;
  const inCircle = Object.values(graph.edges).filter(({ from, to }) => cycleThrough(graph, from.node, to.node) !== undefined);
  return inCircle.map((edge) => {
    const [from, to] = [graph.nodes[edge.from.node], graph.nodes[edge.to.node]];
    const isBack = (from?.position.x ?? 0) > (to?.position.x ?? 0);
    const cut: GraphEdit = { kind: 'disconnect', id: edge.id };
    const healed = mergesNothing(graph, edge) ? removeAndHeal(applyToGraph(graph, [cut]), new Set([edge.to.node])) : [];
    return {
      id: `disconnect:${edge.id}`,
      title: `Remove the wire from ${from?.name ?? ''} to ${to?.name ?? ''}${healed.length > 0 ? `, and ${to?.name ?? ''} with it` : ''}`,
      edits: [cut, ...healed].map((edit): Edit => ({ ...edit, graph: ref })),
      places: [{ into: pathBeside(at, edge.to.node), port: edge.to.port }],
      unfit: isBack ? 0.5 : 1.5,
    };
  });
}

/** Without this wire its end, a merge, has but one input left. */
function mergesNothing(graph: Graph, { to }: GraphEdge): boolean {
  const isMerge = findLayer(graph.nodes[to.node]?.type ?? '')?.category === 'merge';
  return isMerge && Object.values(graph.edges).filter((other) => other.to.node === to.node).length === 2;
}

function addOutput(site: Site): readonly Plan[] {
  const graph = site.document.graph;
  const feeding = new Set(Object.values(graph.edges).map(({ from }) => from.node));
  const ends = Object.values(graph.nodes).filter((node) => !feeding.has(node.id) && Object.keys(outputsAt(site, node)).length > 0);
  return ends.slice(0, 3).flatMap((end) => {
    const port = Object.keys(outputsAt(site, end))[0] ?? 'y';
    return [
      withEnd(graph, 'network', end, 'output', { x: end.position.x + 240, y: end.position.y }, (id) => ({
        from: { node: end.id, port },
        to: { node: id, port: 'x' },
      })),
    ];
  });
}

function addInput(site: Site): readonly Plan[] {
  const graph = site.document.graph;
  const fed = new Set(Object.values(graph.edges).map(({ to }) => to.node));
  const starts = Object.values(graph.nodes).filter((node) => !fed.has(node.id) && (findLayer(node.type)?.inputs.length ?? 0) === 1);
  return starts.slice(0, 3).map((start) =>
    withEnd(graph, 'network', start, 'input', { x: start.position.x - 240, y: start.position.y }, (id) => ({
      from: { node: id, port: 'y' },
      to: { node: start.id, port: 'x' },
    })),
  );
}

function outputsAt({ analysis }: Site, node: GraphNode) {
  return analysis.nodes.get(node.id)?.outputs ?? {};
}

function withEnd(
  graph: Graph,
  ref: GraphRef,
  neighbour: GraphNode,
  type: 'input' | 'output',
  wanted: { x: number; y: number },
  wire: (id: string) => { readonly from: PortRef; readonly to: PortRef },
): Plan {
  const node = newNode(graph, { type, name: type, ...(type === 'input' ? { params: { shape: [32, 32, 3] } } : {}) }, wanted);
  return {
    id: `${type}:${neighbour.id}`,
    title: type === 'output' ? `Add an output after ${neighbour.name}` : `Add an input of 32×32×3 before ${neighbour.name}`,
    edits: [
      { kind: 'addNode', node, graph: ref },
      { kind: 'connect', edge: { id: newId(graph, 'e'), ...wire(node.id) }, graph: ref },
    ],
    places: [{ node: neighbour.id }],
    unfit: 0.5,
  };
}
