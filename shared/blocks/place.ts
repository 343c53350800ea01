import type { GraphRef } from '../graph/edit';
import type { Graph, GraphEdge, GraphNode, NodeId, PortRef } from '../graph/graph';
import { edgesOf, nodesOf } from '../graph/lists';
import type { FlatEdge, FlatNode, NodePath } from '../infer/analysis';
import type { Scope } from './resolveParams';

/** What is wrong with blocks themselves. */
export interface ExpansionProblem {
  readonly path: NodePath;
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly param?: string;
  readonly port?: string;
}

/** A graph as lists, so that each place of it is a walk over numbers. */
export interface Plan {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Where each node stands in `nodes`. */
  readonly index: ReadonlyMap<NodeId, number>;
}

/** One graph in one place: the network, or a definition inside an instance (one copy of it). */
export interface Place {
  readonly ref: GraphRef;
  readonly graph: Graph;
  readonly plan: Plan;
  readonly prefix: NodePath;
  readonly namePrefix: string;
  readonly scope: Scope;
  readonly parent: Parent | undefined;
  readonly depth: number;
  /** The path of each node of the plan. */
  readonly paths: readonly NodePath[];
  /** Of each node of the plan the layer that it is; nothing at blocks that were entered, their ends, and behind the limit. */
  readonly layers: (FlatNode | undefined)[];
  /** What each wire of the plan is between layers; nothing where none is. */
  wires: readonly (FlatEdge | undefined)[];
  /** What is wrong with the expressions of a layer, by its place in the plan. */
  readonly wrong: Map<number, readonly ExpansionProblem[]>;
  /** Of each instance its copies in their order. */
  readonly inside: Map<NodeId, readonly Place[]>;
}

export interface Parent {
  readonly place: Place;
  readonly instance: GraphNode;
  /** Which copy of the instance, from 0. */
  readonly copy: number;
}

const plans = new WeakMap<Graph, Plan>();

/** The plan of a graph; what is as in an earlier plan of it is taken from there. */
export function planOf(graph: Graph, before?: Plan): Plan {
  const known = plans.get(graph);
  if (known) return known;
  const nodes = nodesOf(graph);
  const index = before && sameIds(nodes, before.nodes) ? before.index : placesOf(nodes);
  const plan = { nodes, edges: edgesOf(graph), index };
  plans.set(graph, plan);
  return plan;
}

function placesOf(nodes: readonly GraphNode[]): ReadonlyMap<NodeId, number> {
  const index = new Map<NodeId, number>();
  for (let at = 0; at < nodes.length; at += 1) index.set((nodes[at] as GraphNode).id, at);
  return index;
}

function sameIds(a: readonly GraphNode[], b: readonly GraphNode[]): boolean {
  return a.length === b.length && a.every((node, at) => node === b[at] || node.id === b[at]?.id);
}

/** The path of each node: shared with an earlier place of the same nodes. */
export function pathsOf(plan: Plan, prefix: NodePath, before: Place | undefined): readonly NodePath[] {
  if (before && before.prefix === prefix && before.plan.index === plan.index) return before.paths;
  return prefix === '' ? plan.nodes.map(({ id }) => id) : plan.nodes.map(({ id }) => prefix + id);
}

/** Whether two places have the same wires between nodes of the same kinds: then they expand to the same wires. */
export function wiredAlike(a: Place, b: Place): boolean {
  if (a.prefix !== b.prefix || a.plan.edges !== b.plan.edges || a.plan.index !== b.plan.index) return false;
  if (a.plan === b.plan) return true;
  return a.plan.nodes.every((node, at) => {
    const other = b.plan.nodes[at] as GraphNode;
    return node === other || (node.type === other.type && node.block === other.block && (isLayer(node) || node.name === other.name));
  });
}

/** Whether a node is a layer, and not a block or an end of one. */
export function isLayer({ type }: GraphNode): boolean {
  return type !== 'block' && type !== 'blockInput' && type !== 'blockOutput';
}

const incoming = new WeakMap<Graph['edges'], ReadonlyMap<string, GraphEdge>>();

/** The wire into a port. The first one counts; a second one is a problem that inference tells. */
export function wireInto({ graph, plan }: Place, to: PortRef): GraphEdge | undefined {
  let known = incoming.get(graph.edges);
  if (!known) {
    const wires = new Map<string, GraphEdge>();
    for (const edge of plan.edges) if (!wires.has(portKey(edge.to))) wires.set(portKey(edge.to), edge);
    incoming.set(graph.edges, (known = wires));
  }
  return known.get(portKey(to));
}

function portKey({ node, port }: PortRef): string {
  return `${node}\n${port}`;
}
