/** Things by what they have in common, in the order in which they come. Linear. */
export function grouped<T, K>(things: Iterable<T>, key: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const common = key(thing);
    const group = groups.get(common);
    if (group) group.push(thing);
    else groups.set(common, [thing]);
  }
  return groups;
}
