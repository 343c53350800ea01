import type { SkipDocument } from '../../document/document';
import type { BlockId } from '../../graph/graph';

/** An id for a new definition that the document does not have: from its name, so that files read well. */
export function freeBlockId({ blocks }: SkipDocument, name: string): BlockId {
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'block';
  return firstFree(
    base,
    (count) => `${base}-${count}`,
    (id) => Object.hasOwn(blocks, id),
  );
}

/** A name for a new definition that no other has: `residual block 2`. */
export function freeBlockName({ blocks }: SkipDocument, wanted: string): string {
  const taken = new Set(Object.values(blocks).map(({ name }) => name));
  const base = wanted.replace(/ \d+$/, '');
  return firstFree(
    wanted,
    (count) => `${base} ${count}`,
    (name) => taken.has(name),
  );
}

function firstFree(first: string, next: (count: number) => string, isTaken: (candidate: string) => boolean): string {
  let candidate = first;
  for (let count = 2; isTaken(candidate); count += 1) candidate = next(count);
  return candidate;
}
