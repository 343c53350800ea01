import type { SkipDocument } from '../../shared/document/document';
import { parseDocument } from '../../shared/document/parse';
import type { OpenedDocument } from '../../shared/rpc/contract';
import { host, useConnection } from '../host/client';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { failureOf, showFailure } from './failure';
import { documentOnDisk } from './reloading';
import type { SavedVersion } from './versions';
import { formatMoment } from '../ui/numbers';

/** Shows what was done to a document to get to the open one. */
function compareWith(title: string, document: SkipDocument): void {
  const { document: now, title: name } = useDocument.getState();
  useSession.getState().openDialog({ kind: 'compare', before: { title, document }, after: { title: name, document: now } });
}

/** Against the file as it is on disk. */
export async function compareWithSaved(): Promise<void> {
  const { file } = useDocument.getState();
  const document = await documentOnDisk();
  if (file && document) compareWith(`${file.name}, as saved`, document);
}

/** Against one of the last saves. */
export function compareWithVersion({ document, savedAt }: SavedVersion): void {
  compareWith(`Saved ${formatMoment(savedAt)}`, document);
}

/** Asks for a file, and compares with it; it is not opened for work. */
export async function compareWithFile(): Promise<void> {
  if (!useConnection.getState().info?.nativeDialogs) return useSession.getState().openDialog({ kind: 'browse', purpose: 'compare' });
  await compareWithOpened('The file', () => host.call('project.open', { kind: 'dialog' }));
}

/** The same with a file that was chosen in our own dialog. */
export async function compareWithHandle(handle: string, name: string): Promise<void> {
  await compareWithOpened(`“${name}”`, () => host.call('project.open', { kind: 'handle', handle }));
}

async function compareWithOpened(name: string, open: () => Promise<OpenedDocument | null>): Promise<void> {
  try {
    const opened = await open();
    if (!opened) return;
    const { handle, text, name: title } = opened;
    if (handle !== null && handle !== useDocument.getState().file?.handle)
      void host.call('project.close', { handle }).catch(() => undefined);
    const parsed = parseDocument(text);
    if (parsed.ok) compareWith(title, parsed.value.document);
    else showFailure(`${name} could not be read`, parsed.error);
  } catch (error) {
    showFailure(`${name} could not be read`, failureOf(error));
  }
}
