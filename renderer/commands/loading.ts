import { newDocument } from '../../shared/document/create';
import type { SkipDocument } from '../../shared/document/document';
import { parseDocument } from '../../shared/document/parse';
import type { OpenedDocument } from '../../shared/rpc/contract';
import { host } from '../host/client';
import { newDocumentId, useDocument, type OpenFile } from '../state/document';
import { dropDraft, refreshDrafts, useDrafts, type Draft } from '../state/drafts';
import { restoreHistory } from '../state/histories';
import { heldDocuments } from '../state/liveDocuments';
import { refreshRecent } from '../state/recent';
import { afterFrames, useSession } from '../state/session';
import { useSettings } from '../state/settings';
import { countOf } from '../ui/numbers';
import { showFailure } from './failure';
import { returnToCanvas } from './walking';

let wishes = 0;
/** The file that the newest wish is for, where it is known. */
let wished: string | null = null;

/**
 * Says later whether what is wished for now is still the newest wish to show a document: an answer that comes after another was
 * asked for, or is shown already, must not take its place.
 */
export function newestWish(handle: string | null = null): () => boolean {
  wishes += 1;
  wished = handle;
  const mine = wishes;
  return () => mine === wishes;
}

/** What other windows have open, and the id under which this one had the file before the page was loaded anew. */
interface Known {
  readonly held: ReadonlySet<string>;
  readonly had?: string | undefined;
}

/**
 * Reads an opened file and shows it. The open document stays as it is where the file cannot be read. A sample is a sheet to draw on:
 * its copies are documents of their own, each with its own runs.
 */
export function loadOpened(opened: OpenedDocument, { held, had }: Known = { held: new Set() }): boolean {
  const parsed = parseDocument(opened.text);
  if (!parsed.ok) {
    showFailure(`“${opened.name}” could not be opened`, parsed.error);
    giveUp(opened);
    return false;
  }
  if (isOpen(opened)) return true;
  const file = fileOf(opened);
  const id = file ? ownId(had ?? parsed.value.document.id, file.handle, held) : newDocumentId();
  leaveDocument(file);
  useDocument.getState().load({ document: { ...parsed.value.document, id }, file, title: opened.name, isDirty: parsed.value.repaired });
  showLoaded();
  // What is only followed has no steps of its own.
  if (file && !file.lockedBy) void restoreHistory();
  tellNotices(parsed.value.notices);
  tellReadOnly(file);
  refreshRecent();
  return true;
}

/**
 * The id that a file names, to which its steps and runs belong. A file that was copied names that of the other: where that one has
 * unsaved changes, or another window has it, it is a document of its own, so that neither loses its unsaved changes.
 */
function ownId(id: string, handle: string, held: ReadonlySet<string>): string {
  const { document, file, isDirty } = useDocument.getState();
  // What this window itself has open it is about to leave: only unsaved changes are left behind.
  const isLeft = document.id === id && !file?.lockedBy;
  const isOpenElse = isLeft ? isDirty && file?.handle !== handle : held.has(id);
  const isDraft = useDrafts.getState().drafts.some((draft) => draft.id === id && draft.handle !== handle);
  return isOpenElse || isDraft ? newDocumentId() : id;
}

/**
 * Shows a file that was opened: with its unsaved changes, where some wait. True where it is shown now. `had`: the id under which the
 * page had it before it was loaded anew, and may still be said to have it.
 */
export async function showOpened(opened: OpenedDocument, isWanted: () => boolean, had?: string): Promise<boolean> {
  if (opened.handle === null) return loadOpened(opened);
  const [drafts, held] = await Promise.all([refreshDrafts(), had === undefined ? heldDocuments() : new Set<string>()]);
  if (!isWanted()) {
    letGo(opened);
    return false;
  }
  const { file, isDirty } = useDocument.getState();
  if (file?.handle === opened.handle && isDirty) {
    if (!isOpen(opened)) useSession.getState().openDialog({ kind: 'changedOnDisk', message: changedMessage(opened.name) });
    return true;
  }
  // What another window has, this one follows.
  if (opened.lockedBy) return loadOpened(opened, { held: new Set(), had });
  const draft = drafts.find(({ handle }) => handle === opened.handle);
  return draft && !isOpen(opened) ? showDraft(draft, opened) : loadOpened(opened, { held, had });
}

export function changedMessage(title: string): string {
  return `“${title}” was changed by another program, and you have changes that are not saved. Both are still there.`;
}

/** The file that the window has is not read over its own steps, selection and unsaved changes. */
function isOpen({ handle, stamp }: OpenedDocument): boolean {
  const { file } = useDocument.getState();
  return file !== null && file.handle === handle && file.stamp === stamp;
}

/** Starts an empty document; unsaved changes of the one that was open are kept as a draft. */
export function startNew(): void {
  leaveDocument();
  useDocument.getState().load({ document: emptyDocument(), file: null, title: 'Untitled', isDirty: false });
  showLoaded();
}

/** Shows a document as an untitled one of its own. */
export function openCopy(document: SkipDocument, title: string): void {
  leaveDocument();
  useDocument.getState().load({ document: { ...document, id: newDocumentId() }, file: null, title, isDirty: true });
  showLoaded();
}

/** A new document as the person's settings want it. */
export function emptyDocument(): SkipDocument {
  return { ...newDocument(newDocumentId()), dataFormat: useSettings.getState().dataFormat };
}

/** Opens unsaved changes again, with the file that they belong to; not where something else is to be shown by then. True where they are shown now. */
export async function restoreDraft(draft: Draft, isWanted = newestWish(draft.handle)): Promise<boolean> {
  // They were offered before they were opened: what was done since is not given up for them.
  if (useDocument.getState().document.id === draft.id) return true;
  const opened = draft.handle === null ? null : await host.call('project.open', { kind: 'handle', handle: draft.handle }).catch(() => null);
  if (!isWanted()) {
    letGo(opened);
    return false;
  }
  return showDraft(draft, opened);
}

function showDraft(draft: Draft, opened: OpenedDocument | null): boolean {
  const parsed = parseDocument(draft.text);
  if (!parsed.ok) {
    showFailure(`The unsaved changes of “${draft.name}” could not be opened`, parsed.error);
    giveUp(opened);
    return false;
  }
  const file = opened && fileOf(opened);
  leaveDocument(file);
  const isSaved = opened?.text === draft.text;
  useDocument.getState().load({ document: parsed.value.document, file, title: file?.name ?? draft.name, isDirty: !isSaved });
  showLoaded();
  void restoreHistory();
  if (isSaved) {
    void dropDraft(draft.id);
    return true;
  }
  if (file?.lockedBy) useDocument.getState().makeCopy();
  tellRestored(draft, file);
  void refreshDrafts();
  return true;
}

export function fileOf({ handle, name, folder, readOnly, stamp, lockedBy }: OpenedDocument): OpenFile | null {
  return handle === null ? null : { handle, name, folder, readOnly, stamp, lockedBy };
}

/** A file that is not to be shown is free for other windows, unless it is the one that is wished for now. */
export function letGo(file: Pick<OpenedDocument, 'handle'> | null): void {
  const shown = useDocument.getState().file;
  if (file?.handle && file.handle !== shown?.handle && file.handle !== wished)
    host.call('project.close', { handle: file.handle }).catch(() => undefined);
}

/** What was wished for cannot be shown. */
function giveUp(opened: OpenedDocument | null): void {
  wished = null;
  letGo(opened);
}

function tellRestored(draft: Draft, file: OpenFile | null): void {
  const { toast, openDialog } = useSession.getState();
  if (file && draft.stamp !== null && draft.stamp !== file.stamp) {
    openDialog({
      kind: 'changedOnDisk',
      message: `“${file.name}” changed on disk after your unsaved changes were made. Both are still there.`,
    });
  } else if (draft.handle !== null && !file) {
    toast({
      tone: 'info',
      message: 'Your unsaved changes are back.',
      detail: `The file of “${draft.name}” is not there any more: save them under a name.`,
    });
  } else {
    toast({ tone: 'info', message: 'Your unsaved changes are back.', detail: `“${draft.name}”, as you left it.` });
  }
}

/** Unsaved changes are kept (drafts.ts sees to it) and one press away; the file is free for other windows, unless it is the next one too. */
function leaveDocument(next: OpenFile | null = null): void {
  const { isDirty, title, file, document } = useDocument.getState();
  if (isDirty) {
    const action = { label: 'Go back', run: () => void goBack(document.id) };
    useSession.getState().toast({
      tone: 'info',
      message: `Your changes to “${title}” are kept.`,
      detail: 'The start page lists them under “Unsaved”.',
      action,
    });
  }
  if (file && file.handle !== next?.handle) host.call('project.close', { handle: file.handle }).catch(() => undefined);
}

async function goBack(id: string): Promise<void> {
  const isWanted = newestWish();
  const draft = (await refreshDrafts()).find((kept) => kept.id === id);
  if (draft) await restoreDraft(draft, isWanted);
}

function showLoaded(): void {
  // What was wished for before, and is still on its way, is not wanted any more.
  newestWish();
  useSession.getState().reset();
  sayLoaded();
  // The canvas draws the new graph first.
  afterFrames(2, () => {
    useSession.getState().canvasApi?.fit();
    // What was pressed to open it has gone with the start page or a dialog.
    const { activeElement } = globalThis.document;
    if (activeElement === null || activeElement === globalThis.document.body) returnToCanvas();
  });
}

/** A title that changes is read by no screen reader. */
function sayLoaded(): void {
  const { document, analysis, title } = useDocument.getState();
  const layers = countOf(Object.keys(document.graph.nodes).length, 'layer');
  const problems = analysis.problems.length === 0 ? '' : `, ${countOf(analysis.problems.length, 'problem')}`;
  useSession.getState().announce(`${title}: ${layers}${problems}.`);
}

function tellNotices(notices: readonly string[]): void {
  if (notices.length === 0) return;
  const more = notices.length > 3 ? ` And ${notices.length - 3} more.` : '';
  useSession.getState().toast({ tone: 'info', message: 'The file was opened with notes.', detail: notices.slice(0, 3).join(' ') + more });
}

function tellReadOnly(file: OpenFile | null): void {
  const { toast } = useSession.getState();
  if (file?.lockedBy)
    toast({
      tone: 'info',
      message: `“${file.name}” is open in ${file.lockedBy}.`,
      detail: 'This window shows what is done there. An edit here makes a copy.',
    });
  else if (file?.readOnly)
    toast({ tone: 'info', message: `“${file.name}” is read-only.`, detail: 'Save under another name to keep changes.' });
}
