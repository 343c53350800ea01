/** What follows from each object of a list. */
export interface Followed<K extends object, V> {
  readonly keys: readonly K[];
  readonly values: readonly V[];
}

/** So far is looked ahead for where two lists go on alike. */
const AHEAD = 8;

/**
 * What follows from each object of a list, from what followed from those of an earlier one: objects that stay, in about their order, keep
 * it without being looked at; of all others it is found by `find`.
 */
export function carried<K extends object, V>(keys: readonly K[], before: Followed<K, V>, find: (key: K, at: number) => V): readonly V[] {
  const values: V[] = new Array<V>(keys.length);
  let next = 0;
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] as K;
    const old = placeNear(before.keys, key, next);
    values[at] = old < 0 ? find(key, at) : (before.values[old] as V);
    if (old >= 0) next = old + 1;
  }
  return values;
}

/** Where an object stands in a list at this place or a little farther on; -1 where it does not. */
export function placeNear<K>(keys: readonly K[], key: K, next: number): number {
  if (keys[next] === key) return next;
  const end = Math.min(next + AHEAD, keys.length);
  for (let at = next + 1; at < end; at += 1) if (keys[at] === key) return at;
  return -1;
}
