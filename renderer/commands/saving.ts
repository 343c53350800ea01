import { parseDocument } from '../../shared/document/parse';
import { serializeDocument } from '../../shared/document/serialize';
import { host, useConnection } from '../host/client';
import { useDocument } from '../state/document';
import { dropDraft } from '../state/drafts';
import { keepHistoryNow } from '../state/histories';
import { refreshRecent } from '../state/recent';
import { useSession } from '../state/session';
import { failureOf, showFailure } from './failure';
import { fileOf } from './loading';

/** A folder of `project.browse` and a name in it; null: the host asks with its own dialog. */
export type SaveTarget = { readonly folder: string; readonly name: string } | null;

let saving: Promise<void> = Promise.resolve();

/** Saves in the file, or asks for one where there is none that may be written. Saves never overtake one another. */
export function save(overwrite = false): Promise<void> {
  saving = saving.then(() => saveNow(overwrite));
  return saving;
}

async function saveNow(overwrite: boolean): Promise<void> {
  const { document, file } = useDocument.getState();
  if (!file || file.readOnly || file.lockedBy) return saveAs();
  try {
    const { stamp } = await host.call('project.save', {
      handle: file.handle,
      text: serializeDocument(document),
      stamp: file.stamp,
      overwrite,
    });
    useDocument.getState().markSaved(document, { ...file, stamp });
    await dropDraft(document.id);
    keepHistoryNow();
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === CHANGED_ON_DISK) useSession.getState().openDialog({ kind: 'changedOnDisk', message: failure.message });
    else showFailure(`“${file.name}” could not be saved`, error);
  }
}

/** The host's code for a file that is no longer as it was read. */
const CHANGED_ON_DISK = 'E_CHANGED';

/** Asks for a place and a name: in the host's dialog, or in ours where it has none. */
export async function saveAs(): Promise<void> {
  const suggestedName = suggestName();
  if (!useConnection.getState().info?.nativeDialogs) useSession.getState().openDialog({ kind: 'browse', purpose: 'save', suggestedName });
  else await saveTo(null, suggestedName);
}

/** Writes a new file. True where it was written. */
export async function saveTo(target: SaveTarget, suggestedName: string): Promise<boolean> {
  const { document, file } = useDocument.getState();
  try {
    const saved = await host.call('project.saveAs', { text: serializeDocument(document), suggestedName, target });
    if (!saved) return false;
    if (file && file.handle !== saved.handle) host.call('project.close', { handle: file.handle }).catch(() => undefined);
    useDocument.getState().markSaved(document, { ...saved, readOnly: false, lockedBy: null });
    await dropDraft(document.id);
    keepHistoryNow();
    refreshRecent();
    return true;
  } catch (error) {
    showFailure(`“${target?.name ?? suggestedName}” could not be saved`, error);
    return false;
  }
}

/** Takes the document as it is on disk now, as one step that can be undone: what was unsaved is never lost. */
export async function reloadFromDisk(): Promise<void> {
  const { file } = useDocument.getState();
  if (!file) return;
  try {
    const opened = await host.call('project.open', { kind: 'handle', handle: file.handle });
    const parsed = opened && parseDocument(opened.text);
    if (!opened || !parsed) return;
    if (!parsed.ok) return showFailure(`“${file.name}” could not be opened`, parsed.error);
    const { document } = parsed.value;
    useDocument.getState().edit('Reload from disk', () => document, 'record');
    useDocument.getState().markSaved(document, { ...file, ...fileOf(opened) });
  } catch (error) {
    showFailure(`“${file.name}” could not be opened`, error);
  }
}

/** Gives the document to the browser as a download: a way out that needs no host. */
export function downloadCopy(): void {
  const { document: network } = useDocument.getState();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([serializeDocument(network)], { type: 'application/json' }));
  link.download = suggestName();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function suggestName(): string {
  const { title } = useDocument.getState();
  const base = title
    .replace(/\.skip\.json$/i, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return `${(base || 'network').slice(0, 100)}.skip.json`;
}
