import { changesBetween } from './changes';

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

/** A list, each object once in it, and its groups. */
interface Grouping<T, K> {
  readonly list: readonly T[];
  readonly groups: ReadonlyMap<K, readonly T[]>;
}

/**
 * The same as `grouped` in any order of the groups, from how it was for an earlier list: only groups to which something came, from which
 * something went or in which something moved are made anew; those that hold what they held stay the same objects, as does the table where
 * all do. Cost: what changed, beside a walk that compares references and a copy of the table.
 */
export function regrouped<T extends object, K>(
  list: readonly T[],
  key: (thing: T) => K,
  before: Grouping<T, K>,
): ReadonlyMap<K, readonly T[]> {
  const { came, gone, moved } = changesBetween(before.list, list);
  if (came.length + gone.length + moved.length > MANY) return keptGroups(grouped(list, key), before.groups);
  const fresh = grouped([...came, ...moved], key);
  const left = new Set([...gone, ...moved]);
  let groups: Map<K, readonly T[]> | undefined;
  for (const common of new Set([...fresh.keys(), ...[...left].map(key)])) {
    const old = before.groups.get(common) ?? [];
    const kept = old.filter((thing) => !left.has(thing));
    const added = fresh.get(common);
    const own = added ? inOrder([...kept, ...added], list) : kept;
    if (sameList(old, own)) continue;
    groups ??= new Map(before.groups);
    if (own.length > 0) groups.set(common, own);
    else groups.delete(common);
  }
  return groups ?? before.groups;
}

/** Of more changes than these it costs less to group all anew. */
const MANY = 1000;

function keptGroups<K, T>(groups: Map<K, readonly T[]>, before: ReadonlyMap<K, readonly T[]>): ReadonlyMap<K, readonly T[]> {
  for (const [common, own] of groups) {
    const old = before.get(common);
    if (old && sameList(old, own)) groups.set(common, old);
  }
  return groups;
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((thing, index) => thing === b[index]);
}

/** Of more things than these it costs less to go through the list once than to look for each. */
const SMALL = 16;

function inOrder<T>(group: readonly T[], list: readonly T[]): readonly T[] {
  if (group.length < 2) return group;
  if (group.length > SMALL) {
    const own = new Set(group);
    return list.filter((thing) => own.has(thing));
  }
  const places = new Map(group.map((thing) => [thing, list.indexOf(thing)]));
  return group.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}
