import type { SkipDocument } from '../../shared/document/document';
import { parseDocument } from '../../shared/document/parse';
import { applyPatches, diff } from '../../shared/history/patches';
import { host } from '../host/client';
import { useDocument, type OpenFile } from '../state/document';
import { showFailure } from './failure';
import { fileOf } from './loading';

interface OnDisk {
  readonly document: SkipDocument;
  readonly file: OpenFile;
}

async function readFromDisk(file: OpenFile): Promise<OnDisk | undefined> {
  try {
    const opened = await host.call('project.open', { kind: 'handle', handle: file.handle });
    const parsed = opened && parseDocument(opened.text);
    if (!opened || !parsed) return undefined;
    if (parsed.ok) return { document: parsed.value.document, file: { ...file, ...fileOf(opened) } };
    showFailure(`“${file.name}” could not be opened`, parsed.error);
  } catch (error) {
    showFailure(`“${file.name}” could not be opened`, error);
  }
  return undefined;
}

/** Takes the document as it is on disk now, as one step that can be undone: what was unsaved is never lost. */
export async function reloadFromDisk(): Promise<void> {
  const { file } = useDocument.getState();
  if (file) await readAgain(file, 'step');
}

/** Reads the file again: as a step of the history, or without one where another program's window is followed. */
export async function readAgain(file: OpenFile, as: 'step' | 'follow'): Promise<void> {
  const found = await readFromDisk(file);
  const state = useDocument.getState();
  if (!found || state.file?.handle !== file.handle) return;
  // It stays the document that it is here, whichever the file names.
  const onDisk = { ...found.document, id: state.document.id };
  const now = applyPatches(state.document, diff(state.document, onDisk), 'forward');
  if (as === 'follow') {
    state.follow(now);
    state.changeFile({ stamp: found.file.stamp, lockedBy: found.file.lockedBy });
  } else {
    state.edit('Reload from disk', () => now, 'record');
    state.markSaved(useDocument.getState().document, found.file);
  }
}

/** The document as its file on disk has it. Undefined where there is none, or it cannot be read. */
export async function documentOnDisk(): Promise<SkipDocument | undefined> {
  const { file } = useDocument.getState();
  return file ? (await readFromDisk(file))?.document : undefined;
}
