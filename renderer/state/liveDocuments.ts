/**
 * Which window of this browser or app has what open, by Web Locks: they end with the window, whatever ends it, so that
 * after a crash nothing stays held.
 */
const DOCUMENT = 'skipwire-document:';

/** Ends the hold. */
type Release = () => void;

let releaseDocument: Release = () => undefined;

/** Says to the other windows that this one has the document, saved or not: they leave its draft alone. */
export function holdDocument(id: string): void {
  releaseDocument();
  releaseDocument = hold(DOCUMENT + id);
}

/** Ids of documents that some window has open, this one included. */
export async function heldDocuments(): Promise<ReadonlySet<string>> {
  if (!hasLocks()) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(DOCUMENT) ? [name.slice(DOCUMENT.length)] : [])));
}

function hold(name: string): Release {
  if (!hasLocks()) return () => undefined;
  let end: Release = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  navigator.locks
    // A window that follows another one waits for it here, and has the document once that one is gone.
    .request(name, () => ended)
    // A window that is about to go may not hold anything any more.
    .catch(() => undefined);
  return end;
}

function hasLocks(): boolean {
  return typeof navigator !== 'undefined' && 'locks' in navigator;
}
