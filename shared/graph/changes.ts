import { placeNear } from './carried';

/** What is in one list of objects and not in the other; and of what is in both, what stands elsewhere than its neighbours. */
export interface Changes<T> {
  readonly came: readonly T[];
  readonly gone: readonly T[];
  readonly moved: readonly T[];
}

/**
 * What came and what went from one list of objects, each once in it, to the next: one walk that compares references where, as from
 * edit to edit, most are the same and in the same order.
 */
export function changesBetween<T extends object>(before: readonly T[], now: readonly T[]): Changes<T> {
  if (before === now) return { came: [], gone: [], moved: [] };
  const [came, gone]: [T[], T[]] = [[], []];
  let [at, index] = [0, 0];
  while (at < before.length && index < now.length) {
    const [old, item] = [before[at] as T, now[index] as T];
    if (old !== item) {
      const [skipped, added] = [ahead(before, at, item), ahead(now, index, old)];
      if (skipped > 0) append(gone, before, at, at + skipped);
      else if (added > 0) append(came, now, index, index + added);
      else {
        gone.push(old);
        came.push(item);
      }
      at += skipped;
      index += skipped > 0 ? 0 : added;
      if (skipped + added > 0) continue;
    }
    at += 1;
    index += 1;
  }
  append(gone, before, at, before.length);
  append(came, now, index, now.length);
  return came.length === 0 || gone.length === 0 ? { came, gone, moved: [] } : withoutMoved(came, gone);
}

/** One by one: a call takes fewer arguments than a document may have wires. */
function append<T>(into: T[], list: readonly T[], from: number, to: number): void {
  for (let at = from; at < to; at += 1) into.push(list[at] as T);
}

/** How many places farther on an item stands; 0 where it is not near. */
function ahead<T>(list: readonly T[], from: number, item: T): number {
  const place = placeNear(list, item, from + 1);
  return place < 0 ? 0 : place - from;
}

/** What only stands elsewhere has neither come nor gone. */
function withoutMoved<T>(came: readonly T[], gone: readonly T[]): Changes<T> {
  const [arrived, left] = [new Set(came), new Set(gone)];
  return {
    came: came.filter((item) => !left.has(item)),
    gone: gone.filter((item) => !arrived.has(item)),
    moved: came.filter((item) => left.has(item)),
  };
}
