/**
 * Which window of this browser or app has what open, by Web Locks: they end with the window, whatever ends it, so that
 * after a crash nothing stays held.
 */
const DOCUMENT = 'skipwire-document:';
const FILE = 'skipwire-file:';

/** Ends the hold. */
type Release = () => void;

let releaseDocument: Release = () => undefined;
let releaseFile: Release = () => undefined;

/** Says to the other windows that this one has the document, saved or not: they leave its draft alone. */
export function holdDocument(id: string): void {
  releaseDocument();
  releaseDocument = hold(DOCUMENT + id, () => undefined);
}

/** Takes a file for writing; null gives back the one that was taken. `onTaken` is called where another window has it. */
export function holdFile(handle: string | null, onTaken: () => void): void {
  releaseFile();
  releaseFile = handle === null ? () => undefined : hold(FILE + handle, onTaken);
}

/** Ids of documents that some window has open, this one included. */
export async function heldDocuments(): Promise<ReadonlySet<string>> {
  if (!hasLocks()) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(DOCUMENT) ? [name.slice(DOCUMENT.length)] : [])));
}

function hold(name: string, onTaken: () => void): Release {
  if (!hasLocks()) return () => undefined;
  let end: Release = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  navigator.locks
    .request(name, { ifAvailable: true }, (lock) => {
      if (lock) return ended;
      onTaken();
      return undefined;
    })
    // A window that is about to go may not hold anything any more.
    .catch(() => undefined);
  return end;
}

function hasLocks(): boolean {
  return typeof navigator !== 'undefined' && 'locks' in navigator;
}
