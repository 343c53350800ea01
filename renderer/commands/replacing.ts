import type { DataFormat, TensorType } from '../../shared/graph/tensor';
import { replaceNode, sharedParams } from '../../shared/edits/replace';
import { applyEdits, applyToGraph } from '../../shared/graph/applyEdits';
import type { GraphEdit } from '../../shared/graph/edit';
import type { GraphNode } from '../../shared/graph/graph';
import { fitOf, type Fit } from '../../shared/infer/fit';
import { findLayer } from '../../shared/layers/index';
import { useDocument } from '../state/document';
import { currentGraph, pathIn } from '../state/location';
import { useSession } from '../state/session';
import { newNode, takenIn } from './addLayer';
import { shown } from './graphEdits';
import { searchEntries, type AddableEntry } from './search';
import { inGraph, onlySelected } from './wiring';

/** What a layer could become, with the shape that it would give; undefined where that is not known. */
export interface Replacement {
  readonly entry: AddableEntry;
  readonly fit: Fit | undefined;
}

/** What answers the search. Of one selected layer, without a search, its own kind comes first and what does not fit last. */
export function replacements(entries: readonly AddableEntry[], query: string): readonly Replacement[] {
  const node = onlySelected(shown());
  const type = node && inputOf(node);
  const { dataFormat } = shown().document;
  const found = searchEntries(entries, query).map((entry): Replacement => ({
    entry,
    fit: node && type && fitFor(entry, node, type, dataFormat),
  }));
  const isAsked = query.trim() !== '';
  return node && !isAsked ? found.toSorted((a, b) => rankFor(a, node) - rankFor(b, node)) : found;
}

/** What the first wired input of a layer receives. */
function inputOf({ id }: GraphNode): TensorType | undefined {
  const { document, analysis } = useDocument.getState();
  const { prefix } = currentGraph(document, useSession.getState().location);
  const [first] = Object.values(analysis.nodes.get(pathIn(prefix, id))?.inputs ?? {});
  return first;
}

/** With the values that the new kind would take over. */
function fitFor({ addable }: AddableEntry, node: GraphNode, type: TensorType, dataFormat: DataFormat): Fit | undefined {
  const layer = 'layer' in addable ? findLayer(addable.layer) : undefined;
  return layer && fitOf(layer.type, type, dataFormat, sharedParams({ type: layer.type, params: {} }, node.params));
}

function rankFor({ entry, fit }: Replacement, node: GraphNode): number {
  const isItself = 'layer' in entry.addable && entry.addable.layer === node.type;
  if (isItself || entry.kind === 'inputOutput' || fit?.kind === 'refuses') return 3;
  if (fit?.kind !== 'gives') return 2;
  return entry.kind === findLayer(node.type)?.category ? 0 : 1;
}

/** Wires and the parameters that both kinds know stay. One step of undo. */
export function replaceSelection({ addable: wanted, name }: AddableEntry): void {
  const { addable, now } = takenIn(wanted, shown());
  const model = newNode(addable, now);
  if (!model) return;
  const { type, params, block } = model;
  const become = { type, params, ...(block === undefined ? {} : { block }) };
  let graph = now.graph;
  const edits: GraphEdit[] = [];
  for (const id of now.selection.nodes) {
    const own = replaceNode(graph, now.document.blocks, id, become);
    edits.push(...own);
    graph = applyToGraph(graph, own);
  }
  useDocument.getState().edit(`Replace by ${name}`, () => applyEdits(now.document, inGraph(now.ref, edits)), 'record');
}
