/** The earlier table where another one holds the same objects under the same keys in the same order, else that one. Cost: a walk to the first difference. */
export function keptTable<K, V>(now: ReadonlyMap<K, V>, before: ReadonlyMap<K, V> | undefined): ReadonlyMap<K, V> {
  if (before?.size !== now.size) return now;
  const old = before.entries();
  for (const [key, value] of now) {
    const [otherKey, otherValue] = old.next().value ?? [];
    if (key !== otherKey || value !== otherValue) return now;
  }
  return before;
}
