/** A value and its place among the keys of its record: the order of keys is the order of drawing and of the file. */
interface Placed {
  readonly value: unknown;
  readonly index: number;
}

/** One difference between two documents, readable in both directions. Absent on a side: the key is not there. */
export interface Patch {
  /** Keys from the document to the value. */
  readonly path: readonly string[];
  readonly before?: Placed;
  readonly after?: Placed;
  /** The key is on both sides, at another place among those that stayed. */
  readonly moved?: true;
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What changed from one immutable document to another. Parts that are the same object are not looked into, so the cost is
 * that of the records on the way to what changed. Lists are values: they change as a whole.
 */
export function diff(before: unknown, after: unknown, path: readonly string[] = []): readonly Patch[] {
  if (Object.is(before, after)) return [];
  if (!isRecord(before) || !isRecord(after)) return [{ path, before: { value: before, index: 0 }, after: { value: after, index: 0 } }];
  const keys = Object.keys(after);
  const old = Object.keys(before);
  const inOrder = cameAndWent({ before, after, old, keys, path });
  if (inOrder) return inOrder;
  const patches: Patch[] = [];
  const moves = movesBetween(before, after);
  old.forEach((key, index) => {
    if (!Object.hasOwn(after, key)) patches.push({ path: [...path, key], before: { value: before[key], index } });
  });
  keys.forEach((key, index) => {
    const place = { value: after[key], index };
    const moved = moves.get(key);
    if (moved !== undefined)
      patches.push({ path: [...path, key], before: { value: before[key], index: moved }, after: place, moved: true });
    else if (Object.hasOwn(before, key)) patches.push(...changed(before, after, key, path));
    else patches.push({ path: [...path, key], after: place });
  });
  return patches;
}

interface Compared {
  readonly before: Fields;
  readonly after: Fields;
  readonly old: readonly string[];
  readonly keys: readonly string[];
  readonly path: readonly string[];
}

/** Most edits change values, or add and remove keys without moving any: both lists are walked once. Undefined where one has moved. */
function cameAndWent({ before, after, old, keys, path }: Compared): readonly Patch[] | undefined {
  const gone: Patch[] = [];
  const rest: Patch[] = [];
  let at = 0;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string;
    for (; at < old.length && old[at] !== key && !Object.hasOwn(after, old[at] as string); at += 1)
      gone.push(goneFrom(before, old, at, path));
    if (old[at] === key) {
      if (!Object.is(before[key], after[key])) rest.push(...diff(before[key], after[key], [...path, key]));
      at += 1;
    } else if (Object.hasOwn(before, key)) return undefined;
    else rest.push({ path: [...path, key], after: { value: after[key], index } });
  }
  for (; at < old.length; at += 1) gone.push(goneFrom(before, old, at, path));
  return [...gone, ...rest];
}

function goneFrom(before: Fields, old: readonly string[], index: number, path: readonly string[]): Patch {
  const key = old[index] as string;
  return { path: [...path, key], before: { value: before[key], index } };
}

const noMoves: ReadonlyMap<string, number> = new Map();

/** Keys of both records that stand in another order, with their places before; as few as do (the others only rise). */
function movesBetween(before: Fields, after: Fields): ReadonlyMap<string, number> {
  const places = new Map(Object.keys(before).map((key, index) => [key, index]));
  const kept = Object.keys(after).filter((key) => places.has(key));
  const order = kept.map((key) => places.get(key) as number);
  if (order.every((place, index) => index === 0 || place > (order[index - 1] as number))) return noMoves;
  const rising = longestRise(order);
  return new Map(order.flatMap((place, index): [string, number][] => (rising.has(index) ? [] : [[kept[index] as string, place]])));
}

/** Positions of a longest rising part of a list of numbers that are all different (patience sorting). */
function longestRise(values: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  values.forEach((value, index) => {
    let low = 0;
    for (let high = ends.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1];
    ends[low] = index;
  });
  const rise = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) rise.add(at);
  return rise;
}

function changed(before: Fields, after: Fields, key: string, path: readonly string[]): readonly Patch[] {
  return Object.is(before[key], after[key]) ? [] : diff(before[key], after[key], [...path, key]);
}

/** The document with the patches applied, forward or taken back; shares all that they do not touch. */
export function applyPatches<T>(document: T, patches: readonly Patch[], direction: 'forward' | 'backward'): T {
  return applyAt(document, patches, direction, 0) as T;
}

function applyAt(value: unknown, patches: readonly Patch[], direction: 'forward' | 'backward', depth: number): unknown {
  if (patches.length === 0) return value;
  const whole = patches.find((patch) => patch.path.length === depth);
  if (whole) return (direction === 'forward' ? whole.after : whole.before)?.value;
  const record = isRecord(value) ? value : {};
  const byKey = groupByKey(patches, depth);
  const removed = new Set<string>();
  const added: { key: string; placed: Placed }[] = [];
  const replaced = new Map<string, unknown>();
  for (const [key, own] of byKey) {
    const here = own.find((patch) => patch.path.length === depth + 1);
    const placed = here && (direction === 'forward' ? here.after : here.before);
    const source = here && (direction === 'forward' ? here.before : here.after);
    if (!here) replaced.set(key, applyAt(record[key], own, direction, depth + 1));
    else if (!placed) removed.add(key);
    else if (here.moved) {
      removed.add(key);
      added.push({ key, placed });
    } else if (source) replaced.set(key, placed.value);
    else added.push({ key, placed });
  }
  // A key that is there keeps its place.
  if (added.length === 0) return without({ ...record, ...Object.fromEntries(replaced) }, removed);
  return withAdded(record, { removed, replaced, added: added.sort((a, b) => a.placed.index - b.placed.index) });
}

function without(record: Record<string, unknown>, removed: ReadonlySet<string>): Fields {
  for (const key of removed) delete record[key];
  return record;
}

interface Applied {
  readonly removed: ReadonlySet<string>;
  readonly replaced: ReadonlyMap<string, unknown>;
  /** By their places, which rebuild the very order that was recorded. */
  readonly added: readonly { readonly key: string; readonly placed: Placed }[];
}

function withAdded(record: Fields, { removed, replaced, added }: Applied): Fields {
  const result: Record<string, unknown> = {};
  let [count, next] = [0, 0];
  const addUpTo = (place: number) => {
    for (let entry = added[next]; entry && entry.placed.index <= place; entry = added[(next += 1)]) {
      put(result, entry.key, entry.placed.value);
      count += 1;
      place += 1;
    }
  };
  for (const key of Object.keys(record)) {
    if (removed.has(key)) continue;
    addUpTo(count);
    put(result, key, replaced.has(key) ? replaced.get(key) : record[key]);
    count += 1;
  }
  addUpTo(Infinity);
  return result;
}

/** An id may be `__proto__`, which is a name like any other. */
function put(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
}

function groupByKey(patches: readonly Patch[], depth: number): ReadonlyMap<string, readonly Patch[]> {
  const groups = new Map<string, Patch[]>();
  for (const patch of patches) {
    const key = patch.path[depth] as string;
    const group = groups.get(key);
    if (group) group.push(patch);
    else groups.set(key, [patch]);
  }
  return groups;
}
