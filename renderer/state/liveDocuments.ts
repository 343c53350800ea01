const PREFIX = 'skipwire-document:';

let release: (() => void) | null = null;

/** Says to the other windows of this browser or app that this one has the document; also after a crash nothing stays held. */
export function holdDocument(id: string): void {
  release?.();
  release = null;
  if (!hasLocks()) return;
  void navigator.locks.request(PREFIX + id, { mode: 'shared' }, () => new Promise<void>((resolve) => (release = resolve)));
}

/** Ids of documents that some window has open, this one included. */
export async function heldDocuments(): Promise<ReadonlySet<string>> {
  if (!hasLocks()) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : [])));
}

function hasLocks(): boolean {
  return typeof navigator !== 'undefined' && 'locks' in navigator;
}
