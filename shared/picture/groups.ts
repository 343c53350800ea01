const none: ReadonlySet<never> = new Set<never>();

/** Things by what they have in common. */
export function createGroups<K, T>() {
  const groups = new Map<K, Set<T>>();
  return {
    of: (key: K): ReadonlySet<T> => groups.get(key) ?? none,
    add(key: K, thing: T): void {
      const group = groups.get(key);
      if (group) group.add(thing);
      else groups.set(key, new Set([thing]));
    },
    remove(key: K, thing: T): void {
      const group = groups.get(key);
      group?.delete(thing);
      if (group?.size === 0) groups.delete(key);
    },
  };
}
