/** A sorted list without some of its items and with others, in one walk: what stays is not sorted again. */
export function merged<T>(list: readonly T[], gone: ReadonlySet<T>, came: readonly T[], compare: (a: T, b: T) => number): readonly T[] {
  if (gone.size === 0 && came.length === 0) return list;
  const added = came.toSorted(compare);
  const now: T[] = [];
  let next = 0;
  for (const item of list) {
    if (gone.size > 0 && gone.has(item)) continue;
    while (next < added.length && compare(added[next] as T, item) < 0) now.push(added[next++] as T);
    now.push(item);
  }
  while (next < added.length) now.push(added[next++] as T);
  return now;
}
