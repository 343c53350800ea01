import type { Expansion } from '../blocks/expand';
import type { Structural } from '../blocks/structural';
import { withoutSwitchedOff } from '../diagnose/warnings/warnings';
import type { Checks } from '../document/document';
import { grouped } from '../graph/grouped';
import { keptTable } from '../graph/keptTable';
import type { Problem } from '../graph/problem';
import type { NodeAnalysis, NodePath } from './analysis';
import { emptyAnalysis } from './analyzeLayer';
import { blockAnalysis, hasSameBorders } from './blockAnalysis';
import type { Flow } from './flow';
import { blocksAround } from './inside';
import { sameAnalysis } from './sameness';
import type { Layers } from './walkLayers';

/** What there is to finish. */
export interface Parts {
  readonly expansion: Expansion;
  readonly flow: Flow;
  readonly layers: Layers;
  /** Problems of the graph and warnings of good practice, without those that are switched off. */
  readonly general: readonly Problem[];
  readonly checks: Checks;
}

/** Layers and blocks as they are shown: with the problems of the graph that stand at them, without warnings that are switched off. */
export interface Finished {
  readonly nodes: ReadonlyMap<NodePath, NodeAnalysis>;
  /** Layers that are shown otherwise than they were analysed. */
  readonly marked: ReadonlySet<NodePath>;
}

export interface FinishedBefore extends Finished {
  readonly flow: Flow;
  readonly expansion: Expansion;
}

export function finishNodes(parts: Parts, before: FinishedBefore | undefined): Finished {
  const { layers, expansion, flow, general, checks } = parts;
  const at = grouped(general, ({ node }) => node);
  const marked = new Set<NodePath>();
  const blocks = at.size === 0 ? undefined : new Set(expansion.structural.map(({ path }) => path));
  const isKnown = (path: NodePath) => layers.nodes.has(path) || expansion.flat.nodes.has(path) || blocks?.has(path);
  for (const path of at.keys()) if (isKnown(path)) marked.add(path);
  if (checks.off.length > 0) for (const path of layers.troubled) marked.add(path);
  const finished = (path: NodePath) => finishedLayer(parts, path, at.get(path), before?.nodes.get(path));
  // Layers of a cycle stand behind all others: where there are some, the table is made anew.
  const isSameTable =
    before?.flow === flow &&
    !someOutside(marked, layers) &&
    !someOutside(before.marked, layers) &&
    sameEntries(expansion.structural, before.expansion.structural);
  if (isSameTable) return { nodes: changedNodes(parts, before, marked, finished), marked };
  const { structural } = expansion;
  if (marked.size === 0 && structural.length === 0) return { nodes: layers.nodes, marked };
  const nodes = new Map(layers.nodes);
  for (const path of marked) nodes.set(path, finished(path));
  for (const each of structural) {
    const fresh = blockAnalysis(each, nodes, flow.inside.get(each.path) ?? [], at.get(each.path));
    nodes.set(each.path, kept(fresh, before?.nodes.get(each.path)));
  }
  return { nodes: keptTable(nodes, before?.nodes), marked };
}

function someOutside(marked: ReadonlySet<NodePath>, { nodes }: Layers): boolean {
  for (const path of marked) if (!nodes.has(path)) return true;
  return false;
}

function sameEntries(a: readonly Structural[], b: readonly Structural[]): boolean {
  return a === b || (a.length === b.length && a.every(({ path, kind }, index) => path === b[index]?.path && kind === b[index].kind));
}

function kept(fresh: NodeAnalysis, before: NodeAnalysis | undefined): NodeAnalysis {
  return before && sameAnalysis(before, fresh) ? before : fresh;
}

function finishedLayer(
  { layers, expansion, checks }: Parts,
  path: NodePath,
  general: readonly Problem[] | undefined,
  before: NodeAnalysis | undefined,
): NodeAnalysis {
  const layer = layers.nodes.get(path) ?? emptyAnalysis(path, expansion.flat.nodes.get(path)?.name ?? path);
  const { shown, hidden } = withoutSwitchedOff(layer.problems, checks);
  if (!general && hidden.length === 0) return layer;
  return kept({ ...layer, problems: general ? [...shown, ...general] : shown }, before);
}

/** The table as it was, with what has changed; itself where nothing has. */
function changedNodes(
  { layers, expansion, flow }: Parts,
  before: FinishedBefore,
  marked: ReadonlySet<NodePath>,
  finished: (path: NodePath) => NodeAnalysis,
): ReadonlyMap<NodePath, NodeAnalysis> {
  let nodes: ReadonlyMap<NodePath, NodeAnalysis> = before.nodes;
  let own: Map<NodePath, NodeAnalysis> | undefined;
  const dirty = new Set<NodePath>();
  const put = (path: NodePath, node: NodeAnalysis) => {
    if (nodes.get(path) === node) return;
    nodes = own ??= new Map(before.nodes);
    own.set(path, node);
    for (const block of blocksAround(path)) dirty.add(block);
  };
  for (const path of layers.changed) if (!marked.has(path)) put(path, layers.nodes.get(path) as NodeAnalysis);
  for (const path of before.marked) if (!marked.has(path)) put(path, layers.nodes.get(path) as NodeAnalysis);
  for (const path of marked) put(path, finished(path));
  if (!own && expansion.structural === before.expansion.structural) return nodes;
  for (const each of expansion.structural) {
    const old = before.nodes.get(each.path);
    if (old && !dirty.has(each.path) && old.name === each.name && hasSameBorders(each, nodes, old)) continue;
    // Where something is told of a block itself, the table is made anew.
    put(each.path, kept(blockAnalysis(each, nodes, flow.inside.get(each.path) ?? [], undefined), old));
  }
  return nodes;
}
