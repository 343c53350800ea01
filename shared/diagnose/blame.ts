import { isExpression, type SkipDocument } from '../document/document';
import type { Graph, GraphEdge, GraphNode, ParamValue } from '../graph/graph';
import type { Problem } from '../graph/problem';
import type { FlatGraph, NetworkAnalysis, NodePath } from '../infer/analysis';
import { analyze } from '../infer/analyze';
import type { Place } from './repairs/plan';
import { finished, type Steps } from './steps';

/** How far back the cause is looked for. */
const STEPS = 60;

/** The edit that brought a problem, as it is told: `since you set strides of conv2a to 2 (before: 1)`. */
export interface Blame {
  readonly words: string;
  /** Layers that it changed; of a deletion, the ports whose wires it changed. */
  readonly places: readonly Place[];
}

/**
 * The last edit before which the problem was not there. `earlier` gives the states before the present one, the latest
 * first; undefined where the problem is as old as they are.
 */
export function blame(problem: Problem, now: SkipDocument, earlier: Iterable<SkipDocument>): Blame | undefined {
  return finished(blameInSteps(problem, now, earlier));
}

/** The same in steps, one an earlier state. */
export function* blameInSteps(problem: Problem, now: SkipDocument, earlier: Iterable<SkipDocument>): Steps<Blame | undefined> {
  let after = now;
  let known = analyze(now);
  let steps = 0;
  for (const before of earlier) {
    known = analyze(before, known);
    if (!isThere(problem, known)) return between(before, after);
    after = before;
    steps += 1;
    if (steps >= STEPS) return undefined;
    yield;
  }
  return undefined;
}

/** Of a mismatch that only changed its class, the edit that brought it is the older one. */
function isThere(problem: Problem, { problems }: NetworkAnalysis): boolean {
  return problems.some(
    ({ node, code, mismatch }) =>
      node === problem.node && (code === problem.code || (mismatch !== undefined && problem.mismatch !== undefined)),
  );
}

function between(before: SkipDocument, after: SkipDocument): Blame | undefined {
  const { flat } = analyze(after);
  const changes = graphsOf(after).flatMap(({ block, graph }) => {
    const old = block === undefined ? before.graph : before.blocks[block]?.graph;
    return old && old !== graph ? changesOf(old, graph, (id) => pathsOf(flat, block, id)) : [];
  });
  if (changes.length === 0) return undefined;
  const words = [...new Set(changes.map((change) => change.words))];
  const told = words.length > 3 ? [...words.slice(0, 2), `changed ${words.length - 2} more things`] : words;
  return { words: `since you ${told.join(' and ')}`, places: changes.flatMap(({ places }) => places) };
}

function graphsOf({ graph, blocks }: SkipDocument): readonly { readonly block: string | undefined; readonly graph: Graph }[] {
  return [{ block: undefined, graph }, ...Object.values(blocks).map((block) => ({ block: block.id, graph: block.graph }))];
}

/** Where a node of a graph stands in the expanded network: at the network its id, of a definition once in each instance. */
function pathsOf(flat: FlatGraph, block: string | undefined, id: string): readonly NodePath[] {
  if (block === undefined && flat.nodes.has(id)) return [id];
  const inside = [...flat.nodes.values()].filter(
    ({ source }) => source.id === id && (source.graph === 'network' ? undefined : source.graph.block) === block,
  );
  return inside.length > 0 ? inside.map(({ path }) => path) : [id];
}

interface Change {
  readonly words: string;
  readonly places: readonly Place[];
}
type Paths = (id: string) => readonly NodePath[];

function changesOf(before: Graph, after: Graph, paths: Paths): readonly Change[] {
  const at = (id: string): Place[] => paths(id).map((node) => ({ node }));
  const into = (edge: GraphEdge): Place[] =>
    after.nodes[edge.to.node] ? paths(edge.to.node).map((node) => ({ into: node, port: edge.to.port })) : [];
  const set = Object.values(after.nodes).flatMap((node) =>
    settings(before.nodes[node.id], node).map((words) => ({ words, places: at(node.id) })),
  );
  const added = Object.values(after.nodes).flatMap((node) =>
    before.nodes[node.id] ? [] : [{ words: `added ${node.name}`, places: at(node.id) }],
  );
  const touched = Object.values(before.edges).filter((edge) => !isSame(after.edges[edge.id], edge));
  const removed = Object.values(before.nodes).flatMap((node): Change[] =>
    after.nodes[node.id]
      ? []
      : [{ words: `deleted ${node.name}`, places: touched.filter(({ from }) => from.node === node.id).flatMap(into) }],
  );
  const nodesChanged = added.length + removed.length > 0;
  return [...set, ...added, ...removed, ...(nodesChanged ? [] : wireChanges(before, after, touched, into))];
}

function settings(before: GraphNode | undefined, after: GraphNode): readonly string[] {
  if (!before || (before.params === after.params && before.type === after.type)) return [];
  if (before.type !== after.type) return [`made ${after.name} a ${after.type}`];
  return Object.entries(after.params).flatMap(([param, value]) => {
    const old = before.params[param];
    if (JSON.stringify(old) === JSON.stringify(value)) return [];
    return [`set ${param} of ${after.name} to ${inWords(value)}${old === undefined ? '' : ` (before: ${inWords(old)})`}`];
  });
}

function inWords(value: ParamValue): string {
  if (value === null) return 'none';
  if (isExpression(value)) return value.$;
  if (!Array.isArray(value)) return typeof value === 'object' ? JSON.stringify(value) : String(value);
  const list = value as readonly ParamValue[];
  return list.length > 1 && list.every((entry) => entry === list[0]) ? inWords(list[0] as ParamValue) : list.map(inWords).join('×');
}

function wireChanges(
  before: Graph,
  after: Graph,
  touched: readonly GraphEdge[],
  into: (edge: GraphEdge) => readonly Place[],
): readonly Change[] {
  const name = (graph: Graph, id: string) => graph.nodes[id]?.name ?? id;
  const gone = touched.map((edge): Change => {
    const now = Object.values(after.edges).find(({ to }) => to.node === edge.to.node && to.port === edge.to.port);
    const words = now
      ? `led the wire into ${name(after, edge.to.node)} from ${name(after, now.from.node)} instead of ${name(before, edge.from.node)}`
      : `removed the wire from ${name(before, edge.from.node)} to ${name(before, edge.to.node)}`;
    return { words, places: into(edge) };
  });
  const ports = new Set(touched.map(({ to }) => `${to.node}\n${to.port}`));
  const drawn = Object.values(after.edges)
    .filter((edge) => !isSame(before.edges[edge.id], edge) && !ports.has(`${edge.to.node}\n${edge.to.port}`))
    .map((edge): Change => ({ words: `wired ${name(after, edge.from.node)} to ${name(after, edge.to.node)}`, places: into(edge) }));
  return [...gone, ...drawn];
}

function isSame(a: GraphEdge | undefined, b: GraphEdge): boolean {
  return a === b || (a?.from.node === b.from.node && a.from.port === b.from.port && a.to.node === b.to.node && a.to.port === b.to.port);
}
