import type { SkipDocument } from '../../shared/document/document';
import { serializeDocument } from '../../shared/document/serialize';
import { host, useConnection } from '../host/client';
import { download } from '../host/download';
import { useDocument, type OpenFile } from '../state/document';
import { followSave } from '../state/drafts';
import { keepHistoryNow } from '../state/histories';
import { refreshRecent } from '../state/recent';
import { useSession } from '../state/session';
import { failureOf, showFailure } from './failure';
import { letGo } from './loading';

/** A folder of `project.browse` and a name in it; null: the host asks with its own dialog. */
export type SaveTarget = { readonly folder: string; readonly name: string } | null;

/** Whether a save is to write over what another program wrote, and whether nobody asked for it. */
interface SaveMode {
  readonly overwrite?: boolean;
  readonly automatic?: boolean;
}

let saving: Promise<boolean> = Promise.resolve(true);

/** Saves in the file, or asks for one where there is none that may be written. Saves never overtake one another. */
export async function save(mode: SaveMode = {}): Promise<void> {
  await queued(() => (canSave() ? saveNow(mode) : saveAs()));
}

/** Saves in the file without a word where that can be done. False where it failed, which was said. */
export function saveQuietly(): Promise<boolean> {
  return queued(async () => !canSave() || !useDocument.getState().isDirty || saveNow({ automatic: true }));
}

function queued(act: () => Promise<boolean | void>): Promise<boolean> {
  saving = saving.then(async () => (await act()) !== false);
  return saving;
}

function canSave(): boolean {
  const { file } = useDocument.getState();
  return file !== null && !file.readOnly && !file.lockedBy;
}

async function saveNow({ overwrite = false, automatic = false }: SaveMode): Promise<boolean> {
  const { document, file } = useDocument.getState();
  if (!file) return false;
  try {
    const text = serializeDocument(document);
    const { stamp } = await host.call('project.save', { handle: file.handle, text, stamp: file.stamp, overwrite, automatic });
    markSaved(document, file, { ...file, stamp });
    await followSave(document.id);
    keepHistoryNow();
    return true;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === CHANGED_ON_DISK) useSession.getState().openDialog({ kind: 'changedOnDisk', message: failure.message });
    else showFailure(`“${file.name}” could not be saved`, error, elsewhere);
    return false;
  }
}

/** Where another file was opened meanwhile – a copy may be the same document – nothing of it was saved. */
function markSaved(document: SkipDocument, from: OpenFile | null, to: OpenFile): void {
  const { file, markSaved: mark } = useDocument.getState();
  if (file?.handle === from?.handle) mark(document, to);
}

/** The host's code for a file that is no longer as it was read. */
const CHANGED_ON_DISK = 'E_CHANGED';

const elsewhere = { label: 'Save as…', run: () => void saveAs() };

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
    const from = file?.handle ?? null;
    const saved = await host.call('project.saveAs', { text: serializeDocument(document), from, suggestedName, target });
    if (!saved) return false;
    markSaved(document, file, { ...saved, readOnly: false, lockedBy: null });
    // One of the two is not shown any more; where another document was opened meanwhile, neither is.
    letGo(file);
    letGo(saved);
    await followSave(document.id);
    keepHistoryNow();
    refreshRecent();
    return true;
  } catch (error) {
    showFailure(`“${target?.name ?? suggestedName}” could not be saved`, error, elsewhere);
    return false;
  }
}

/** Gives the document to the browser as a download: a way out that needs no host. */
export function downloadCopy(): void {
  download(serializeDocument(useDocument.getState().document), suggestName(), 'application/json');
}

function suggestName(): string {
  return fileName('skip.json');
}

/** A file's name after a title, the document's where none is given, with this ending: `resnet-20.costs.csv`. */
export function fileName(ending: string, title = useDocument.getState().title): string {
  const base = title
    .replace(/\.skip\.json$/i, '')
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return `${(base || 'network').slice(0, 100)}.${ending}`;
}
