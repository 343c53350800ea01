import { expand, type Expansion } from '../blocks/expand';
import type { Network } from '../diagnose/warnings/look';
import { learningOf } from '../diagnose/warnings/learning';
import { practiceWarnings, problemsIn, type Findings } from '../diagnose/warnings/practice';
import { budgetWarning, withoutSwitchedOff } from '../diagnose/warnings/warnings';
import { noChecks, type SkipDocument } from '../document/document';
import type { Problem } from '../graph/problem';
import { samePlain } from '../graph/samePlain';
import type { NetworkAnalysis, Totals } from './analysis';
import { finishNodes, type Finished } from './finishNodes';
import { flowOf, type Flow } from './flow';
import { expansionProblem, graphProblems, oncePerDefinition } from './graphProblems';
import { memoAfter, type Memo } from './memo';
import { blockedCounts, errorsFirst, keptProblems, ownProblems } from './problemList';
import { walkLayers, type Layers } from './walkLayers';

const documents = new WeakMap<SkipDocument, NetworkAnalysis>();

/** What an analysis was made of: where the next one begins. */
interface State {
  readonly expansion: Expansion;
  readonly flow: Flow;
  readonly memo: Memo;
  readonly layers: Layers;
  readonly network: Network;
  readonly findings: Findings;
  readonly general: readonly Problem[];
  readonly finished: Finished;
}
const states = new WeakMap<NetworkAnalysis, State>();

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
 * With `previous` an edit costs what it changed, beside a few walks by reference; whatever says the same as before is the same
 * object, from a layer's types to the analysis itself. The result equals that without `previous`.
 */
export function analyze(document: SkipDocument, previous?: NetworkAnalysis): NetworkAnalysis {
  const known = documents.get(document);
  if (known) return known;
  const before = previous && states.get(previous);
  const isUsable = before && before.expansion.flat.dataFormat === document.dataFormat;
  const state = stateOf(document, isUsable ? before : undefined);
  const analysis = analysisOf(document, state, isUsable ? previous : undefined);
  states.set(analysis, state);
  documents.set(document, analysis);
  return analysis;
}

function stateOf(document: SkipDocument, before: State | undefined): State {
  const expansion = expand(document, before?.expansion);
  const { flat } = expansion;
  const then = before && { flat: before.expansion.flat, flow: before.flow, layers: before.layers };
  const flow = flowOf(flat, then);
  const memo = memoAfter(before?.memo, flat.dataFormat, before?.layers.nodes);
  const layers = walkLayers(flat, flow, memo, then);
  const network = { flat, nodes: layers.nodes, order: flow.order, learning: learningOf(document) };
  const findings = practiceWarnings(network, before && { network: before.network, changed: layers.changed, findings: before.findings });
  const told = [...expansion.problems.map(expansionProblem), ...graphProblems(flat, flow), ...problemsIn(findings)];
  const general = keptProblems(told, before?.general);
  const checks = document.checks ?? noChecks;
  const parts = { expansion, flow, layers, general: withoutSwitchedOff(general, checks).shown, checks };
  const finished = finishNodes(parts, before && { ...before.finished, flow: before.flow, expansion: before.expansion });
  return { expansion, flow, memo, layers, network, findings, general, finished };
}

function analysisOf(document: SkipDocument, state: State, previous: NetworkAnalysis | undefined): NetworkAnalysis {
  const { expansion, flow, layers, finished } = state;
  const { flat } = expansion;
  const { nodes } = finished;
  const checks = document.checks ?? noChecks;
  const totals = totalsOf(state, previous);
  const general = withoutSwitchedOff(state.general, checks);
  const own = ownProblems(layers, flow, checks);
  const budget = withoutSwitchedOff(budgetWarning(checks, totals), checks);
  const all = errorsFirst([...general.shown, ...own.shown, ...budget.shown]);
  const problems = keptProblems(oncePerDefinition(blockedCounts(all, nodes), expansion), previous?.problems);
  const switchedOff = keptProblems([...general.hidden, ...own.hidden, ...budget.hidden], previous?.switchedOff);
  const isSame =
    previous?.flat === flat &&
    previous.nodes === nodes &&
    previous.problems === problems &&
    previous.switchedOff === switchedOff &&
    previous.totals === totals;
  return isSame ? previous : { flat, nodes, order: flow.order, problems, switchedOff, totals };
}

function totalsOf({ layers, expansion }: State, previous: NetworkAnalysis | undefined): Totals {
  const { nodes } = expansion.flat;
  if (previous?.flat === expansion.flat) return previous.totals;
  const totals = { parameters: 0, trainableParameters: 0, macs: 0, weightBytes: 0, leftOut: 0, unknownParameters: 0, unknownMacs: 0 };
  for (const path of nodes.keys()) {
    const node = layers.nodes.get(path);
    if (node?.parameters === undefined || node.macs === undefined) totals.leftOut += 1;
    if (node?.parameters === undefined) totals.unknownParameters += 1;
    if (node?.macs === undefined) totals.unknownMacs += 1;
    totals.parameters += node?.parameters ?? 0;
    totals.trainableParameters += node?.trainableParameters ?? 0;
    totals.macs += node?.macs ?? 0;
  }
  const now = { ...totals, weightBytes: totals.parameters * 4 };
  return previous && samePlain(previous.totals, now) ? previous.totals : now;
}
