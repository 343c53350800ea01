import type { Annotation, Graph, Position, Tone } from '../../shared/graph/graph';
import { frameAround } from '../../shared/picture/frames';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { boxesOf } from './boxes';
import { defineCommand } from './command';
import { shown, type Shown } from './graphEdits';

type Change = { readonly title?: string; readonly text?: string; readonly tone?: Tone } & Partial<Pick<Annotation, 'position' | 'size'>>;

/** Changes a frame or a note as one step. */
export function changeAnnotation(id: string, change: Change): void {
  const { graph, ref } = shown();
  const before = graph.annotations?.[id];
  if (!before) return;
  const annotation = { ...before, ...change } as Annotation;
  useDocument.getState().edit(`Change a ${before.kind}`, [{ kind: 'annotate', annotation, graph: ref }], 'record');
}

/** A frame or note of the shown graph, in the words by which people look for it. */
export interface AnnotationEntry {
  readonly id: string;
  readonly kind: Annotation['kind'];
  readonly name: string;
  readonly keywords: readonly string[];
}

export function annotationEntries(): readonly AnnotationEntry[] {
  return Object.values(shown().graph.annotations ?? {}).map((annotation) => {
    const words = annotation.kind === 'frame' ? annotation.title : firstLine(annotation.text);
    const name = words || (annotation.kind === 'frame' ? 'Frame without a title' : 'Empty note');
    return { id: annotation.id, kind: annotation.kind, name, keywords: [annotation.kind] };
  });
}

function firstLine(markdown: string): string {
  return (
    markdown
      .split('\n')
      .map((line) => line.replace(/^[#>*\-\s]+/, '').trim())
      .find((line) => line !== '') ?? ''
  ).slice(0, 80);
}

/** Selects a frame or note and brings it to the middle of the view. */
export function goToAnnotation(id: string): void {
  const annotation = shown().graph.annotations?.[id];
  const { canvasApi, select } = useSession.getState();
  if (!annotation) return;
  select([], [], [id]);
  const { position, size } = annotation;
  canvasApi?.lookAt({ x: position.x + size.width / 2, y: position.y + size.height / 2, zoom: canvasApi.view().zoom });
}

/** A frame around the selected layers. */
function frameSelection(): void {
  const now = shown();
  const { graph, ref, selection } = now;
  const annotation: Annotation = {
    kind: 'frame',
    id: newAnnotationId(graph),
    title: 'Frame',
    tone: 'blue',
    ...frameAround(boxesOf(now, selection.nodes).map(({ box }) => box)),
  };
  useDocument.getState().edit('Frame layers', [{ kind: 'annotate', annotation, graph: ref }], 'record');
  useSession.getState().select([], [], [annotation.id]);
}

const NOTE = { width: 220, height: 120 } as const;
const STEP = 24;
/** Between a note and layers. */
const GAP = 8;

/** The place, or the nearest one above or below it where the note lies on no layer. */
function besideLayers(now: Shown, wanted: Position): Position {
  const near = boxesOf(now, Object.keys(now.graph.nodes))
    .map(({ box }) => box)
    .filter(({ x, width }) => x < wanted.x + NOTE.width && x + width > wanted.x);
  const isFree = (top: number) => near.every(({ y, height }) => y >= top + NOTE.height + GAP || y + height + GAP <= top);
  const farthest = near.reduce((sum, { height }) => sum + height + NOTE.height + 2 * GAP, 0);
  for (let away = 0; away <= farthest; away += STEP)
    for (const top of [wanted.y + away, wanted.y - away]) if (isFree(top)) return { x: wanted.x, y: top };
  return wanted;
}

function addNote(): void {
  const now = shown();
  const { graph, ref } = now;
  const { canvasApi } = useSession.getState();
  const wanted: Position = canvasApi?.pointer()?.graph ?? canvasApi?.viewportCenter() ?? { x: 0, y: 0 };
  const position = besideLayers(now, wanted);
  const annotation: Annotation = { kind: 'note', id: newAnnotationId(graph), text: '', position, size: NOTE };
  useDocument.getState().edit('Add a note', [{ kind: 'annotate', annotation, graph: ref }], 'record');
  useSession.getState().select([], [], [annotation.id]);
}

function newAnnotationId({ annotations = {} }: Graph): string {
  for (let count = Object.keys(annotations).length + 1; ; count += 1) if (!Object.hasOwn(annotations, `a${count}`)) return `a${count}`;
}

export const annotationCommands = [
  defineCommand('graph.frame', {
    enabled: () => useSession.getState().selection.nodes.size > 0 || 'Select the layers to be framed first.',
    run: frameSelection,
  }),
  defineCommand('graph.note', { run: addNote }),
] as const;
