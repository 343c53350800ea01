import type { SkipDocument } from '../../shared/document/document';
import { paste } from '../../shared/edits/clip';
import { nextOutput } from '../../shared/edits/ports';
import { applyEdits } from '../../shared/graph/applyEdits';
import type { Edit } from '../../shared/graph/edit';
import type { GraphNode, NodeId, PortRef, Position } from '../../shared/graph/graph';
import { freshIds } from '../../shared/graph/names';
import { formatShape } from '../../shared/graph/tensor';
import { inputFor, sizeNotes, withEnds } from '../../shared/import/checkSizes';
import { importCode, type Expectation, type ImportedCode } from '../../shared/import/importCode';
import { analyze } from '../../shared/infer/analyze';
import { findLayer } from '../../shared/layers/index';
import { useDocument } from '../state/document';
import { currentGraph, pathIn } from '../state/location';
import { useSession } from '../state/session';
import { countOf } from '../ui/numbers';
import { shown, type Shown } from './graphEdits';
import { clipFor, freeOffset, lookAtSelection, offsetFor } from './pasting';
import { besideNodes } from '../../shared/edits/placing';
import { onlySelected } from './wiring';

/** How the layers stand in the network: wired to the selected layer, or by themselves, with an input where one follows. */
export type PasteMode = 'wired' | 'alone';

/** What pasting would do, worked out in full: the preview shows it, and Enter makes it so. */
export interface PastePlan {
  readonly mode: PasteMode;
  readonly code: ImportedCode;
  readonly after: SkipDocument;
  readonly nodes: readonly NodeId[];
  /** Layers by name, with the shape that each gives; empty while it is unknown. */
  readonly rows: readonly { readonly node: GraphNode; readonly shape: string; readonly problem: string | undefined }[];
  /** One sentence: how it is wired. */
  readonly wiring: string;
  readonly notes: readonly { readonly line: number; readonly text: string }[];
}

/** Which ways there are now; the first is offered first. */
export function pasteModes(code: ImportedCode): readonly PasteMode[] {
  const source = onlySelected(shown());
  const canBeWired =
    code.open.length > 0 && source !== undefined && nextOutput(shown().graph, shown().document.blocks, source) !== undefined;
  return canBeWired ? ['wired', 'alone'] : ['alone'];
}

/** The name of the layer that the pasted ones would be wired to. */
export function sourceName(): string {
  return onlySelected(shown())?.name ?? '';
}

export function readCode(text: string) {
  return importCode(text, useDocument.getState().document.dataFormat);
}

export function planPaste(code: ImportedCode, mode: PasteMode, at: Position | null): PastePlan {
  const now = shown();
  const source = mode === 'wired' ? onlySelected(now) : undefined;
  const from = source && nextOutput(now.graph, now.document.blocks, source);
  // The ends of a block are ports, not inputs and outputs of a network.
  const shape = from || now.ref !== 'network' ? undefined : inputFor(code);
  const clip = clipFor(now.graph, shape ? withEnds(code, shape) : code.clip);
  const offset = source ? freeOffset(now.graph, clip.graph, besideNodes(now.graph, [source])) : offsetFor(now.graph, clip.graph, at);
  const pasted = paste(now.document, now.ref, clip, offset);
  const ids = new Map(Object.keys(clip.graph.nodes).map((id, index) => [id, pasted.nodes[index] as NodeId]));
  const after = from ? wired(pasted.document, now, from, code.open, ids) : pasted.document;
  return { mode, code, after, nodes: pasted.nodes, ...described(after, now, code, ids), wiring: wiringOf(source, shape, code) };
}

function wired(
  document: SkipDocument,
  { ref }: Shown,
  from: PortRef,
  open: readonly PortRef[],
  ids: ReadonlyMap<NodeId, NodeId>,
): SkipDocument {
  const { graph } = currentGraph(document, useSession.getState().location);
  const fresh = freshIds(graph, 'e', open.length);
  const edits = open.map((to, index): Edit => ({
    kind: 'connect',
    edge: { id: fresh[index] as string, from, to: { ...to, node: ids.get(to.node) ?? to.node } },
    graph: ref,
  }));
  return applyEdits(document, edits);
}

function described(
  after: SkipDocument,
  { ref }: Shown,
  code: ImportedCode,
  ids: ReadonlyMap<NodeId, NodeId>,
): Pick<PastePlan, 'rows' | 'notes'> {
  const { prefix, graph } = currentGraph(after, useSession.getState().location);
  const analysis = analyze(after, useDocument.getState().analysis);
  const expected = new Map<string, Expectation>();
  for (const [id, expectation] of code.expected) expected.set(pathIn(prefix, ids.get(id) ?? id), expectation);
  const rows = [...ids.values()].flatMap((id) => {
    const node = graph.nodes[id];
    const known = analysis.nodes.get(pathIn(prefix, id));
    const [type] = Object.values(known?.outputs ?? {});
    // What is not wired yet is no fault of the code, and what is not known is told below.
    const problem = known?.problems.find(({ severity, code: kind }) => severity === 'error' && kind !== 'graph/not-connected');
    return node ? [{ node, shape: type ? formatShape(type.shape) : '', problem: findLayer(node.type) && problem?.message }] : [];
  });
  const sizes = ref === 'network' || prefix !== '' ? sizeNotes(after, analysis, expected) : [];
  return { rows, notes: [...code.notes, ...sizes].toSorted((a, b) => a.line - b.line) };
}

function wiringOf(source: GraphNode | undefined, shape: readonly unknown[] | undefined, code: ImportedCode): string {
  if (source) return `Wired to “${source.name}”.`;
  const isOpen = shape?.some((size) => typeof size === 'string');
  if (shape && isOpen) return `With an input of ${shape.join('×')} and an output. Of the input, the code says its channels only.`;
  if (shape) return `With an input of ${shape.join('×')}, which follows from the code, and an output.`;
  return code.open.length > 0 ? 'Its input is left open.' : '';
}

/** Makes it so, as one step of undo. */
export function carryOut({ after, nodes, code }: PastePlan): void {
  useDocument.getState().edit(`Paste ${countOf(code.count, 'layer')}`, () => after, 'record');
  useSession.getState().select(nodes);
  lookAtSelection(nodes);
}
