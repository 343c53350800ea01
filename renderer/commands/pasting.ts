import type { SkipDocument } from '../../shared/document/document';
import { parseDocument } from '../../shared/document/parse';
import { paste } from '../../shared/edits/clip';
import { directionOf } from '../../shared/graph/direction';
import type { Graph, NodeId, Position } from '../../shared/graph/graph';
import { frameworkOf } from '../../shared/import/recognize';
import { runningTo } from '../../shared/layout/arrange';
import { NODE_HEIGHT, NODE_WIDTH } from '../../shared/picture/geometry';
import { useDocument } from '../state/document';
import { afterFrames, isInView, useSession } from '../state/session';
import { countOf } from '../ui/numbers';
import { shown } from './graphEdits';
import { covers } from '../../shared/edits/placing';

/** Reads the clipboard; where that is not allowed, a field takes what is pasted into it. */
export async function pasteFromClipboard(): Promise<void> {
  const text = await navigator.clipboard.readText().catch(() => undefined);
  if (text === undefined) useSession.getState().openDialog({ kind: 'pasteField' });
  else pasteText(text);
}

/** Layers of our own are put in at once; code of a network is offered; of anything else it is said that it is neither. */
export function pasteText(text: string): void {
  const { toast, openDialog, canvasApi } = useSession.getState();
  if (text.trim() === '') return toast({ tone: 'info', message: 'The clipboard holds no text.' });
  if (text.trimStart().startsWith('{')) return pasteJson(text);
  if (frameworkOf(text)) return openDialog({ kind: 'pasteCode', text, at: canvasApi?.pointer()?.graph ?? null });
  toast({
    tone: 'info',
    message: 'The clipboard holds neither layers nor code of a network.',
    detail: 'Code of Keras and PyTorch is read.',
  });
}

function pasteJson(text: string): void {
  const { toast } = useSession.getState();
  const parsed = parseDocument(text);
  if (!parsed.ok) return toast({ tone: 'error', message: 'This JSON holds no layers.', detail: parsed.error.message });
  const { document, notices } = parsed.value;
  if (Object.keys(document.graph.nodes).length + Object.keys(document.graph.annotations ?? {}).length === 0)
    return toast({ tone: 'info', message: 'There are no layers in it.' });
  pasteClip(document);
  if (notices[0]) toast({ tone: 'info', message: notices[0] });
}

function pasteClip(copied: SkipDocument): void {
  const { document, ref, graph } = shown();
  const clip = clipFor(graph, copied);
  const pasted = paste(document, ref, clip, offsetFor(graph, clip.graph));
  const count = pasted.nodes.length;
  useDocument.getState().edit(count > 0 ? `Paste ${countOf(count, 'layer')}` : 'Paste', () => pasted.document, 'record');
  useSession.getState().select(pasted.nodes, [], pasted.annotations);
  lookAtSelection(pasted.nodes);
}

/** What is pasted, as it runs in a graph: its layers get other places where that runs the other way. */
export function clipFor(graph: Graph, clip: SkipDocument): SkipDocument {
  return { ...clip, graph: runningTo(directionOf(graph), clip.graph, clip.blocks) };
}

/** With its middle under the pointer, else in the middle of the view; moved on while it would cover layers. */
export function offsetFor(graph: Graph, clip: Graph, at?: Position | null): Position {
  const { canvasApi } = useSession.getState();
  const middle = at ?? canvasApi?.pointer()?.graph ?? canvasApi?.view() ?? { x: 0, y: 0 };
  const box = boundsOf(clip);
  const offset = { x: snap(middle.x - (box.left + box.right) / 2), y: snap(middle.y - (box.top + box.bottom) / 2) };
  return freeOffset(graph, clip, offset);
}

const STEP = 32;
const MOST_STEPS = 24;

/** A little lower and further right until no layer would lie on another. */
export function freeOffset(graph: Graph, clip: Graph, offset: Position): Position {
  const places = Object.values(clip.nodes).map(({ position }) => position);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const moved = { x: offset.x + step * STEP, y: offset.y + step * STEP };
    if (!places.some(({ x, y }) => covers(graph, { x: x + moved.x, y: y + moved.y }))) return moved;
  }
  return offset;
}

export function boundsOf({ nodes, annotations }: Graph) {
  const boxes = [
    ...Object.values(nodes).map(({ position }) => ({ position, size: LAYER })),
    ...Object.values(annotations ?? {}).map(({ position, size }) => ({ position, size })),
  ];
  return {
    left: Math.min(...boxes.map(({ position }) => position.x)),
    top: Math.min(...boxes.map(({ position }) => position.y)),
    right: Math.max(...boxes.map(({ position, size }) => position.x + size.width)),
    bottom: Math.max(...boxes.map(({ position, size }) => position.y + size.height)),
  };
}

const LAYER = { width: NODE_WIDTH, height: NODE_HEIGHT } as const;

function snap(value: number): number {
  return Math.round(value / 8) * 8;
}

/** Brings what was pasted into view where it is not wholly seen. */
export function lookAtSelection(nodes: readonly NodeId[]): void {
  // The canvas draws the new layers first.
  afterFrames(2, () => {
    const { canvasApi } = useSession.getState();
    const { graph } = shown();
    const isSeen = nodes.every((id) => graph.nodes[id] === undefined || isInView(canvasApi, graph.nodes[id].position));
    if (!isSeen) canvasApi?.showSelection();
  });
}
