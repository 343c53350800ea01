import type { TensorType } from '../graph/tensor';
import type { FlatEdge, FlatGraph, NodeAnalysis, NodePath } from './analysis';
import { analyzeLayer, type LayerInputs } from './analyzeLayer';
import type { Flow } from './flow';
import type { Memo } from './memo';
import { sameAnalysis, sameTypes } from './sameness';

/** Layers one by one, each by its own kind and inputs: what is known before the network is looked at as a whole. */
export interface Layers {
  readonly nodes: ReadonlyMap<NodePath, NodeAnalysis>;
  /** Layers with problems of their own. */
  readonly troubled: ReadonlySet<NodePath>;
  /** Layers that are others than before, new ones among them. */
  readonly changed: ReadonlySet<NodePath>;
}

interface Before {
  readonly flat: FlatGraph;
  readonly flow: Flow;
  readonly layers: Layers;
}

interface Walk {
  readonly flat: FlatGraph;
  readonly flow: Flow;
  readonly memo: Memo;
  readonly before: Before | undefined;
  readonly nodes: Map<NodePath, NodeAnalysis>;
  readonly changed: Set<NodePath>;
}

/**
 * Analyses layer by layer in the order of the flow. A layer is looked at only if it is another or has other wires, if what it reads
 * comes from a layer that has changed, or if it told where paths parted: that depends on more than its inputs.
 */
export function walkLayers(flat: FlatGraph, flow: Flow, memo: Memo, before: Before | undefined): Layers {
  if (before?.flat === flat) return before.layers.changed.size === 0 ? before.layers : { ...before.layers, changed: new Set() };
  const isSameOrder = before?.flow === flow;
  const nodes = new Map(isSameOrder ? before.layers.nodes : undefined);
  const walk: Walk = { flat, flow, memo, before, nodes, changed: new Set() };
  for (const path of flow.order) {
    const old = before?.layers.nodes.get(path);
    const node = analyzed(walk, path, old);
    if (node !== old) walk.changed.add(path);
    if (node && (node !== old || !isSameOrder)) nodes.set(path, node);
  }
  return { nodes, troubled: troubledIn(walk), changed: walk.changed };
}

const noWires: readonly FlatEdge[] = [];

function analyzed(walk: Walk, path: NodePath, old: NodeAnalysis | undefined): NodeAnalysis | undefined {
  const { flat, flow, memo, nodes } = walk;
  const node = flat.nodes.get(path);
  if (!node) return undefined;
  const reusable = old && dependsOnInputs(walk, path, old) ? old : undefined;
  if (reusable && !readsChanged(walk, path)) return reusable;
  const inputs = inputsOf(flat, nodes, path);
  if (reusable && reusable.blockedBy === inputs.blockedBy && sameTypes(reusable.inputs, inputs.types)) return reusable;
  const fresh = analyzeLayer(node, inputs, { flat, nodes, position: flow.position, memo });
  return old && sameAnalysis(old, fresh) ? old : fresh;
}

/** Whether a layer and its wires are as before, so that it is as it was for equal inputs; not where it told where paths parted. */
function dependsOnInputs({ flat, before }: Walk, path: NodePath, { problems }: NodeAnalysis): boolean {
  return (
    before?.flat.nodes.get(path) === flat.nodes.get(path) &&
    before?.flat.incoming.get(path) === flat.incoming.get(path) &&
    before?.flat.open.get(path) === flat.open.get(path) &&
    (problems.length === 0 || problems.every(({ mismatch }) => mismatch === undefined))
  );
}

function readsChanged({ flat, changed }: Walk, path: NodePath): boolean {
  return changed.size > 0 && (flat.incoming.get(path) ?? noWires).some(({ from }) => changed.has(from.node));
}

/** Types that arrive at a layer, and the node because of which one does not. */
function inputsOf(flat: FlatGraph, nodes: ReadonlyMap<NodePath, NodeAnalysis>, path: NodePath): LayerInputs {
  const types: Record<string, TensorType> = {};
  let blockedBy: NodePath | undefined;
  for (const { from, to } of flat.incoming.get(path) ?? noWires) {
    if (Object.hasOwn(types, to.port)) continue;
    const source = nodes.get(from.node);
    const type = source?.outputs[from.port];
    if (type) types[to.port] = type;
    else blockedBy ??= source?.blockedBy ?? from.node;
  }
  blockedBy ??= flat.open.get(path)?.[0]?.block;
  return { types, blockedBy };
}

function troubledIn({ nodes, changed, before }: Walk): ReadonlySet<NodePath> {
  const troubled = new Set<NodePath>();
  for (const path of before?.layers.troubled ?? []) if (!changed.has(path) && nodes.has(path)) troubled.add(path);
  for (const path of changed) if ((nodes.get(path)?.problems.length ?? 0) > 0) troubled.add(path);
  return troubled;
}
