import { create } from 'zustand';
import type { SkipDocument } from '../../shared/document/document';
import { serializeDocument } from '../../shared/document/serialize';
import { host, useConnection } from '../host/client';
import { useDocument, type DocumentState } from './document';
import { heldDocuments, holdDocument } from './liveDocuments';
import { keepHistory } from './histories';

/** Unsaved changes as the host keeps them. */
export interface Draft {
  readonly id: string;
  readonly name: string;
  readonly handle: string | null;
  readonly stamp: string | null;
  readonly text: string;
  readonly savedAt: number;
}

interface DraftsState {
  /** Unsaved documents that no window has open. */
  readonly drafts: readonly Draft[];
  /** The document as the host has it in a draft; null where it has none. */
  readonly kept: SkipDocument | null;
}

export const useDrafts = create<DraftsState>(() => ({ drafts: [], kept: null }));

/** No more than a second of work is ever lost, also where a slow or busy disk takes most of that second to write. */
const DELAY = 300;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps the unsaved document with the host, from boot on, whatever may happen to this page. */
export function followDrafts(): void {
  holdDocument(useDocument.getState().document.id);
  useDocument.subscribe((now, before) => {
    if (now.document.id !== before.document.id) {
      cancel();
      // Opening another document is no reason to lose this one's changes.
      if (before.isDirty && before.document !== useDrafts.getState().kept) void put(before).then(refreshDrafts, () => undefined);
      useDrafts.setState({ kept: null });
      holdDocument(now.document.id);
    }
    if (now.document === before.document && now.isDirty === before.isDirty) return;
    if (now.isDirty) timer ??= setTimeout(() => void keepDraftNow(), DELAY);
    else if (before.isDirty && now.document.id === before.document.id) void dropDraft(now.document.id);
  });
  useConnection.subscribe((now, before) => {
    if (now.status === 'connected' && before.status !== 'connected') void keepDraftNow();
  });
}

/** Whether a closing page would lose something: changes that neither a file nor a draft holds. */
export function hasUnkeptChanges(): boolean {
  const { isDirty, document } = useDocument.getState();
  return isDirty && document !== useDrafts.getState().kept;
}

/** Puts the unsaved document away at once. False where the host could not be told; it is tried again on reconnecting. */
export async function keepDraftNow(): Promise<boolean> {
  cancel();
  const state = useDocument.getState();
  const { document, isDirty } = state;
  if (!isDirty || document === useDrafts.getState().kept) return true;
  try {
    await put(state);
    const now = useDocument.getState();
    if (now.document.id !== document.id) await refreshDrafts();
    else if (now.isDirty) useDrafts.setState({ kept: document });
    // Saved while the draft was on its way: it must not come back at the next start.
    else await dropDraft(document.id);
    return true;
  } catch {
    return false;
  }
}

async function put({ document, title, file, history }: Pick<DocumentState, 'document' | 'title' | 'file' | 'history'>): Promise<void> {
  await host.call('drafts.put', {
    id: document.id,
    name: title,
    handle: file?.handle ?? null,
    stamp: file?.stamp ?? null,
    text: serializeDocument(document),
  });
  keepHistory(document, history);
}

/**
 * After a document was saved: nothing of it is unsaved any more, or what was changed while it was being written is kept as changes
 * to the file as it is now. Where another document is open by now its draft stays; one that says what the file says goes when it is opened.
 */
export async function followSave(id: string): Promise<void> {
  const { document, isDirty } = useDocument.getState();
  if (document.id !== id) return;
  if (!isDirty) return dropDraft(id);
  useDrafts.setState({ kept: null });
  await keepDraftNow();
}

export async function dropDraft(id: string): Promise<void> {
  if (useDocument.getState().document.id === id) cancel();
  useDrafts.setState(({ drafts }) => ({ drafts: drafts.filter((draft) => draft.id !== id), kept: null }));
  await host.call('drafts.drop', { id }).catch(() => undefined);
}

/** The drafts that wait for somebody: those of documents that are open in a window are left to it. */
export async function refreshDrafts(): Promise<readonly Draft[]> {
  const [all, held] = await Promise.all([host.call('drafts.list', {}).catch(() => []), heldDocuments()]);
  const drafts = all.filter(({ id }) => !held.has(id)).toSorted((a, b) => b.savedAt - a.savedAt);
  useDrafts.setState({ drafts });
  return drafts;
}

function cancel(): void {
  clearTimeout(timer);
  timer = undefined;
}
