import type { SkipDocument } from '../../shared/document/document';
import { parseDocument } from '../../shared/document/parse';
import { compareDocuments } from '../../shared/diff/compareDocuments';
import { differencesInASentence } from '../../shared/diff/words';
import { host } from '../host/client';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { showFailure } from './failure';
import { openCopy } from './loading';

/** A save of the open document. */
export interface SavedVersion {
  readonly version: string;
  readonly savedAt: number;
  readonly bytes: number;
  readonly layers: number;
  /** Against the save before it. */
  readonly change: string;
  readonly document: SkipDocument;
}

/** The last saves, the latest first; one that cannot be read is left out. */
export async function loadVersions(): Promise<readonly SavedVersion[]> {
  const documentId = useDocument.getState().document.id;
  const listed = await host.call('project.versions', { documentId });
  const found: SavedVersion[] = [];
  for (const entry of listed.toReversed()) {
    const document = await read(documentId, entry.version);
    if (!document) continue;
    const before = found.at(-1)?.document;
    const change = before ? differencesInASentence(compareDocuments(before, document)) : 'The earliest that is kept.';
    found.push({ ...entry, layers: layersIn(document), change, document });
  }
  return found.reverse();
}

async function read(documentId: string, version: string): Promise<SkipDocument | undefined> {
  const answer = await host.call('project.version', { documentId, version }).catch(() => undefined);
  const parsed = answer && parseDocument(answer.text);
  return parsed?.ok ? parsed.value.document : undefined;
}

function layersIn({ graph, blocks }: SkipDocument): number {
  return [graph, ...Object.values(blocks).map((block) => block.graph)].reduce((sum, { nodes }) => sum + Object.keys(nodes).length, 0);
}

/** The document as it was then, as one step that Undo takes back; the file stays as it is until the next save. */
export function restoreVersion({ document, savedAt }: SavedVersion): void {
  const { document: now, edit, undo } = useDocument.getState();
  if (now.id !== document.id) return showFailure('The version could not be restored', new Error('Another document is open now.'));
  const time = new Date(savedAt).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  edit(`Restore the version of ${time}`, () => document, 'record');
  useSession.getState().toast({
    tone: 'success',
    message: `The version of ${time} is back.`,
    detail: 'The file changes when you save.',
    action: { label: 'Undo', run: undo },
  });
}

/** Shows it as an untitled document of its own. */
export function openVersion({ document }: SavedVersion): void {
  openCopy(document, `Copy of ${useDocument.getState().title}`);
}
