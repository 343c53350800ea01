import type { Bookmark } from '../../shared/document/document';
import { useDocument } from '../state/document';
import { prefixOf, segmentsOf, stepsThrough } from '../state/location';
import { afterFrames, nothingSelected, useSession } from '../state/session';
import { shown } from './graphEdits';

/** As many as a document keeps. */
const MOST = 100;

export function bookmarks(): readonly Bookmark[] {
  return useDocument.getState().document.view.bookmarks ?? [];
}

/** True, or why no bookmark can be set here. */
export function mayBookmark(): true | string {
  if (!useSession.getState().canvasApi) return 'The canvas is not shown.';
  return bookmarks().length < MOST || `A document keeps ${MOST} bookmarks. Remove one first.`;
}

/** Remembers what the canvas shows, under the name of what is selected or open. */
export function addBookmark(): void {
  const { canvasApi, location, toast } = useSession.getState();
  if (!canvasApi) return;
  const { x, y, zoom } = canvasApi.view();
  const name = freeName(suggestedName());
  const inside = segmentsOf(location);
  const bookmark = { name, inside, x: Math.round(x), y: Math.round(y), zoom: Math.round(zoom * 1000) / 1000 };
  change('Bookmark this place', [...bookmarks(), bookmark]);
  toast({
    tone: 'success',
    message: `Bookmarked as “${name}”.`,
    action: { label: 'Bookmarks…', run: () => useSession.getState().openDialog({ kind: 'bookmarks' }) },
  });
}

export function renameBookmark(index: number, name: string): void {
  change(
    'Rename a bookmark',
    bookmarks().map((bookmark, at) => (at === index ? { ...bookmark, name: name.trim() } : bookmark)),
  );
}

export function removeBookmark(index: number): void {
  change(
    'Remove a bookmark',
    bookmarks().filter((_, at) => at !== index),
  );
}

/** Shows the place, or says that its block is gone. */
export function goToBookmark({ name, inside, x, y, zoom }: Bookmark): void {
  const { toast, location: before } = useSession.getState();
  const location = stepsThrough(useDocument.getState().document, inside);
  if (!location) return toast({ tone: 'info', message: `The block of the bookmark “${name}” is not there any more.` });
  const isElsewhere = prefixOf(before) !== inside.join('/');
  if (isElsewhere) useSession.setState({ location, selection: nothingSelected });
  afterFrames(isElsewhere ? 3 : 0, () => useSession.getState().canvasApi?.lookAt({ x, y, zoom }));
}

function change(label: string, next: readonly Bookmark[]): void {
  useDocument.getState().edit(label, (document) => ({ ...document, view: { ...document.view, bookmarks: next } }), 'record');
}

function suggestedName(): string {
  const { graph, selection } = shown();
  const [only, ...others] = [...selection.nodes].flatMap((id) => graph.nodes[id]?.name ?? []);
  if (only !== undefined && others.length === 0) return only;
  return useSession.getState().location.at(-1)?.name ?? 'Network';
}

function freeName(name: string): string {
  const taken = new Set(bookmarks().map((bookmark) => bookmark.name));
  const short = name.slice(0, 180);
  if (!taken.has(short)) return short;
  let number = 2;
  while (taken.has(`${short} ${number}`)) number += 1;
  return `${short} ${number}`;
}
