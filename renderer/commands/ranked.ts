import type { SkipDocument } from '../../shared/document/document';
import { startingValues } from '../../shared/edits/startingValues';
import type { Graph, NodeId } from '../../shared/graph/graph';
import { channelAxis, type TensorType } from '../../shared/graph/tensor';
import { fitOf, type Fit } from '../../shared/infer/fit';
import { findLayer } from '../../shared/layers/index';
import type { TypedEntry } from './typedLayer';

export interface RankedEntry extends TypedEntry {
  readonly fit: Fit | undefined;
}

/** What the new layer would take: the layer that gives it, and the tensor where it is known. */
export interface Feeding {
  readonly node: NodeId;
  readonly type: TensorType;
}

const ranks = { gives: 0, waits: 1, refuses: 3 } as const;

/**
 * What can take a wire, each with what it would make of it: those whose name is meant first, of them those without a
 * problem, then as they were listed.
 */
export function rankByFit(
  entries: readonly TypedEntry[],
  feeding: Feeding | undefined,
  { graph, dataFormat }: { readonly graph: Graph; readonly dataFormat: SkipDocument['dataFormat'] },
): readonly RankedEntry[] {
  const ranked = entries.map((typed): RankedEntry => ({ ...typed, fit: feeding && fitIn(typed, feeding, graph, dataFormat) }));
  const rank = ({ fit }: RankedEntry) => (fit ? ranks[fit.kind] : 2);
  return feeding ? ranked.toSorted((a, b) => a.tier - b.tier || rank(a) - rank(b)) : ranked;
}

function fitIn(
  { entry, values }: TypedEntry,
  { node, type }: Feeding,
  graph: Graph,
  dataFormat: SkipDocument['dataFormat'],
): Fit | undefined {
  const layer = 'layer' in entry.addable ? findLayer(entry.addable.layer) : undefined;
  const channels = type.shape[channelAxis(type.shape.length, dataFormat)];
  const start = layer && startingValues(graph, node, layer, typeof channels === 'number' ? channels : undefined);
  return layer && fitOf(layer.type, type, dataFormat, { ...start, ...values });
}
