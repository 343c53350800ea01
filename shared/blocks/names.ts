import type { SkipDocument } from '../document/document';
import type { BlockId } from '../graph/graph';

/** An id for a new definition that the document does not have: from its name, so that files read well. */
export function freeBlockId({ blocks }: SkipDocument, name: string): BlockId {
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'block';
  return freeVariant(base, blocks);
}

/** An id that is not taken: the one that is wanted, else `wanted-2`, `wanted-3`, … */
export function freeVariant(wanted: BlockId, taken: object): BlockId {
  return firstFree(
    wanted,
    (count) => `${wanted}-${count}`,
    (id) => Object.hasOwn(taken, id),
  );
}

/** A name for a new definition that no other has: `residual block 2`. */
export function freeBlockName({ blocks }: Pick<SkipDocument, 'blocks'>, wanted: string): string {
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
