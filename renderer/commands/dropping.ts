import { create } from 'zustand';
import { LIMITS } from '../../shared/document/fileForm';
import { useConnection } from '../host/client';
import { isImageFile, lookAtFile } from '../state/ownImage';
import { useSession } from '../state/session';
import { failureOf, showFailure } from './failure';
import { loadOpened } from './loading';

/** What is held over the window: something to open, an image to try, or nothing. */
export const useDropping = create<{ readonly over: 'file' | 'image' | null }>(() => ({ over: null }));

/**
 * Files that are dropped on the window are opened, and images are given to the network. The desktop window's preload script tells the host their paths; a
 * browser tells no path, so that the page reads the file itself, as a document without one.
 */
export function followDrops(): void {
  window.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    useDropping.setState({ over: [...(event.dataTransfer?.items ?? [])].some(isImageFile) ? 'image' : 'file' });
  });
  // A link that is dropped anywhere else would lead the browser away from the page.
  for (const type of ['dragover', 'drop'] as const)
    window.addEventListener(type, (event) => {
      if (event.dataTransfer?.types.includes('text/uri-list')) event.preventDefault();
    });
  window.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) useDropping.setState({ over: null });
  });
  window.addEventListener('drop', (event) => {
    useDropping.setState({ over: null });
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file && isImageFile(file)) void tryDropped(file);
    else if (file && useConnection.getState().info?.host !== 'electron') void openDropped(file);
  });
}

function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false;
}

async function tryDropped(file: File): Promise<void> {
  useSession.getState().showTab('tryIt');
  await lookAtFile(file).catch((error: unknown) =>
    showFailure(`“${file.name}” could not be read`, { code: 'E_IMAGE', message: failureOf(error).message }),
  );
}

async function openDropped(file: File): Promise<void> {
  const title = `“${file.name}” could not be opened`;
  if (file.size > LIMITS.bytes)
    return showFailure(title, {
      code: 'E_TOO_BIG',
      message: `It has ${megabytes(file.size)} MB; at most ${megabytes(LIMITS.bytes)} MB are read.`,
    });
  try {
    const text = await file.text();
    const opened = { handle: null, name: file.name, folder: null, text, stamp: null, readOnly: false, lockedBy: null };
    if (!loadOpened(opened)) return;
    const detail = 'A browser does not say where a dropped file lies: Save asks for a place.';
    useSession.getState().toast({ tone: 'info', message: `“${file.name}” was opened as a copy.`, detail });
  } catch (error) {
    showFailure(title, {
      code: 'E_NOT_FILE',
      message: `It could not be read: ${failureOf(error).message}`,
      fix: 'Drop a file, not a folder.',
    });
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
