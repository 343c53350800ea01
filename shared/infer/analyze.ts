import { expand, type Expansion, type Structural } from '../blocks/expand';
import { learningOf } from '../diagnose/warnings/learning';
import { budgetWarning, practiceWarnings, withoutSwitchedOff } from '../diagnose/warnings/warnings';
import { noChecks, type Checks, type SkipDocument } from '../document/document';
import type { PortRef } from '../graph/graph';
import { topologicalOrder } from '../graph/order';
import type { Problem } from '../graph/problem';
import type { TensorType } from '../graph/tensor';
import { blockedCounts, expansionProblem, graphProblems, oncePerDefinition } from './graphProblems';
import type { NetworkAnalysis, NodeAnalysis, NodePath, Totals } from './analysis';
import { analyzeLayer, type LayerInputs } from './analyzeLayer';
import { blocksAround } from './inside';

const documents = new WeakMap<SkipDocument, NetworkAnalysis>();

/** Whether an analysis of one document holds for another: settings of training that change no warning, and what is seen where. */
export function sameToAnalysis(a: SkipDocument, b: SkipDocument): boolean {
  return (
    a.graph === b.graph &&
    a.blocks === b.blocks &&
    a.dataFormat === b.dataFormat &&
    a.checks === b.checks &&
    a.training.objectives === b.training.objectives &&
    a.data.dataset === b.data.dataset
  );
}

/**
 * Shapes, weights, cost and problems of a whole document. Pure; what is known stays known whatever is wrong elsewhere.
 *
 * With `previous`, every layer whose parameters and inputs did not change keeps its `NodeAnalysis` object, so the cost
 * of an edit beyond a walk by reference is that of what it changed.
 */
export function analyze(document: SkipDocument, previous?: NetworkAnalysis): NetworkAnalysis {
  const known = documents.get(document);
  if (known) return known;
  const analysis = analyzeExpansion(expand(document), document, previous);
  documents.set(document, analysis);
  return analysis;
}

function analyzeExpansion(expansion: Expansion, document: SkipDocument, previous: NetworkAnalysis | undefined): NetworkAnalysis {
  const { flat } = expansion;
  const checks = document.checks ?? noChecks;
  const { order, cyclic } = topologicalOrder(
    flat.nodes.keys(),
    (path) => (flat.incoming.get(path) ?? []).map((edge) => edge.from.node),
    (path) => (flat.outgoing.get(path) ?? []).map((edge) => edge.to.node),
  );
  const position = new Map(order.map((path, index) => [path, index]));
  const nodes = new Map<NodePath, NodeAnalysis>();
  const reusable = previous?.flat.dataFormat === flat.dataFormat ? previous : undefined;
  for (const path of order) {
    const node = flat.nodes.get(path);
    if (!node) continue;
    const inputs = inputsOf(expansion, nodes, path);
    const before = told(reusable?.nodes.get(path));
    const same = before && reusable?.flat.nodes.get(path)?.params === node.params && reusable.flat.nodes.get(path)?.type === node.type;
    nodes.set(
      path,
      same && before.name === node.name && sameInputs(before, inputs)
        ? before
        : analyzeLayer(node, inputs, before, { flat, nodes, position }),
    );
  }
  const general = [
    ...expansion.problems.map(expansionProblem),
    ...graphProblems(expansion, cyclic),
    ...practiceWarnings({ flat, nodes, order, learning: learningOf(document) }),
  ];
  const { shown: problems, hidden } = withoutSwitchedOff(general, checks);
  const quiet = checks.off.length > 0 ? silence(nodes, checks) : [];
  addOwnProblems(nodes, expansion, problems);
  const inside = layersInside(order, nodes);
  for (const structural of expansion.structural)
    nodes.set(structural.path, structuralAnalysis(structural, nodes, inside.get(structural.path) ?? [], reusable));
  const totals = totalsOf(flat.nodes.keys(), nodes);
  const budgeted = withoutSwitchedOff(budgetWarning(checks, totals), checks);
  const over = budgeted.shown;
  const own = [...problems, ...order.flatMap((path) => nodes.get(path)?.problems.filter((problem) => !problems.includes(problem)) ?? [])];
  return {
    flat,
    nodes,
    order,
    problems: oncePerDefinition(blockedCounts(errorsFirst([...own, ...over]), nodes), flat),
    switchedOff: [...hidden, ...quiet, ...budgeted.hidden],
    totals,
  };
}

const beforeSilence = new WeakMap<NodeAnalysis, NodeAnalysis>();

/** A layer's analysis with the warnings that were switched off: what the next analysis may keep. */
function told(node: NodeAnalysis | undefined): NodeAnalysis | undefined {
  return node && (beforeSilence.get(node) ?? node);
}

/** Takes warnings of layers that are switched off from their layers, and gives them back. */
function silence(nodes: Map<NodePath, NodeAnalysis>, checks: Checks): readonly Problem[] {
  const all: Problem[] = [];
  for (const [path, node] of nodes) {
    const { shown, hidden } = withoutSwitchedOff(node.problems, checks);
    if (hidden.length === 0) continue;
    const quiet = { ...node, problems: shown };
    beforeSilence.set(quiet, node);
    nodes.set(path, quiet);
    all.push(...hidden);
  }
  return all;
}

function errorsFirst(problems: readonly Problem[]): Problem[] {
  return [...problems.filter(({ severity }) => severity === 'error'), ...problems.filter(({ severity }) => severity !== 'error')];
}

/** Types that arrive at a layer, and the node because of which one does not. */
function inputsOf({ flat }: Expansion, nodes: ReadonlyMap<NodePath, NodeAnalysis>, path: NodePath): LayerInputs {
  const types: Record<string, TensorType> = {};
  let blockedBy: NodePath | undefined;
  for (const edge of flat.incoming.get(path) ?? []) {
    if (Object.hasOwn(types, edge.to.port)) continue;
    const source = nodes.get(edge.from.node);
    const type = source?.outputs[edge.from.port];
    if (type) types[edge.to.port] = type;
    else blockedBy ??= source?.blockedBy ?? edge.from.node;
  }
  return { types, blockedBy };
}

function sameInputs(before: NodeAnalysis, { types, blockedBy }: LayerInputs): boolean {
  const ports = Object.keys(types);
  // What depends on more than the types – where two paths parted – is made anew.
  if (before.problems.length > 0 || before.blockedBy !== blockedBy || ports.length !== Object.keys(before.inputs).length) return false;
  return ports.every((port) => before.inputs[port] === types[port]);
}

/** Problems of the graph itself stand at their node too; nodes on a cycle are known by nothing else. */
function addOwnProblems(nodes: Map<NodePath, NodeAnalysis>, { flat }: Expansion, problems: readonly Problem[]): void {
  for (const problem of problems) {
    const node = flat.nodes.get(problem.node);
    const before = nodes.get(problem.node) ?? (node && emptyAnalysis(node.path, node.name));
    if (before) nodes.set(problem.node, { ...before, problems: [...before.problems, problem] });
  }
}

function emptyAnalysis(path: NodePath, name: string): NodeAnalysis {
  return {
    path,
    name,
    inputs: {},
    outputs: {},
    weights: [],
    parameters: undefined,
    trainableParameters: undefined,
    macs: undefined,
    problems: [],
    blockedBy: undefined,
  };
}

/** The layers below each block instance, in one walk over their paths. */
function layersInside(order: readonly NodePath[], nodes: ReadonlyMap<NodePath, NodeAnalysis>): Map<NodePath, NodeAnalysis[]> {
  const inside = new Map<NodePath, NodeAnalysis[]>();
  for (const path of order) {
    const node = nodes.get(path) as NodeAnalysis;
    for (const block of blocksAround(path)) {
      const list = inside.get(block);
      if (list) list.push(node);
      else inside.set(block, [node]);
    }
  }
  return inside;
}

/** A block instance by what is inside: types at its borders, sums of its layers. */
function structuralAnalysis(
  structural: Structural,
  nodes: ReadonlyMap<NodePath, NodeAnalysis>,
  inside: readonly NodeAnalysis[],
  previous: NetworkAnalysis | undefined,
): NodeAnalysis {
  const typesOf = (ports: Structural['inputs']) =>
    Object.fromEntries(
      Object.entries(ports).flatMap(([port, from]) => {
        const type = from && typeAt(nodes, from);
        return type ? [[port, type]] : [];
      }),
    );
  const analysis: NodeAnalysis = {
    ...emptyAnalysis(structural.path, structural.name),
    inputs: typesOf(structural.inputs),
    outputs: typesOf(structural.outputs),
    ...(structural.kind === 'block' ? sums(inside) : {}),
    ...(structural.copies === undefined ? {} : { copies: structural.copies }),
    problems: [...(nodes.get(structural.path)?.problems ?? []), ...inside.flatMap((node) => node.problems)],
    blockedBy: inside.find((node) => node.blockedBy !== undefined)?.blockedBy,
  };
  const before = previous?.nodes.get(structural.path);
  return before && sameStructural(before, analysis) ? before : analysis;
}

function typeAt(nodes: ReadonlyMap<NodePath, NodeAnalysis>, from: PortRef): TensorType | undefined {
  return nodes.get(from.node)?.outputs[from.port];
}

function sums(inside: readonly NodeAnalysis[]): Pick<NodeAnalysis, 'weights' | 'parameters' | 'trainableParameters' | 'macs'> {
  const sum = (key: 'parameters' | 'trainableParameters' | 'macs') =>
    inside.some((node) => node[key] === undefined) ? undefined : inside.reduce((total, node) => total + (node[key] as number), 0);
  return {
    weights: inside.flatMap((node) => node.weights),
    parameters: sum('parameters'),
    trainableParameters: sum('trainableParameters'),
    macs: sum('macs'),
  };
}

function sameStructural(a: NodeAnalysis, b: NodeAnalysis): boolean {
  const sameTypes = (x: NodeAnalysis['inputs'], y: NodeAnalysis['inputs']) => {
    const ports = Object.keys(x);
    return ports.length === Object.keys(y).length && ports.every((port) => x[port] === y[port]);
  };
  const sameProblems = a.problems.length === b.problems.length && a.problems.every((problem, index) => problem === b.problems[index]);
  return (
    a.name === b.name &&
    a.copies === b.copies &&
    a.macs === b.macs &&
    a.parameters === b.parameters &&
    a.blockedBy === b.blockedBy &&
    sameProblems &&
    sameTypes(a.inputs, b.inputs) &&
    sameTypes(a.outputs, b.outputs)
  );
}

function totalsOf(layers: Iterable<NodePath>, nodes: ReadonlyMap<NodePath, NodeAnalysis>): Totals {
  const totals = { parameters: 0, trainableParameters: 0, macs: 0, weightBytes: 0, leftOut: 0 };
  for (const path of layers) {
    const node = nodes.get(path);
    if (node?.parameters === undefined || node.macs === undefined) totals.leftOut += 1;
    totals.parameters += node?.parameters ?? 0;
    totals.trainableParameters += node?.trainableParameters ?? 0;
    totals.macs += node?.macs ?? 0;
  }
  return { ...totals, weightBytes: totals.parameters * 4 };
}
