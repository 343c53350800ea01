import { noteList } from './lists';

type Table<T> = Readonly<Record<string, T>>;

/** A table that is being changed: its copy is made with the first change. */
export interface OpenTable<T> {
  get(id: string): T | undefined;
  ids(): readonly string[];
  put(id: string, value: T): void;
  remove(id: string): void;
  /** The table with all changes; itself where there were none. */
  close(): Table<T>;
}

/** For more changes than these it costs less to ask the table for its list. */
const FEW = 32;

/**
 * Opens a table for changes. Its list is noted, too, where that of the table before is known: a table of a thousand entries tells them in
 * their order only after sorting.
 */
export function openTable<T extends object>(before: Table<T>): OpenTable<T> {
  let table: Record<string, T> | undefined;
  const changed = new Set<string>();
  let keepsOrder = true;
  const own = (id: string) => {
    changed.add(id);
    return (table ??= { ...before });
  };
  return {
    get: (id) => (Object.hasOwn(table ?? before, id) ? (table ?? before)[id] : undefined),
    ids: () => Object.keys(table ?? before),
    put(id, value) {
      // A number goes to the front of all keys, and what was taken out and put in again to their end.
      if (!Object.hasOwn(table ?? before, id) && (changed.has(id) || isNumber(id))) keepsOrder = false;
      own(id)[id] = value;
    },
    remove(id) {
      if (Object.hasOwn(table ?? before, id)) delete own(id)[id];
    },
    close() {
      const after = table ?? before;
      if (keepsOrder && changed.size <= FEW) noteList(after, before, (list) => listAfter(list, before, after, changed));
      return after;
    },
  };
}

function isNumber(key: string): boolean {
  return /^\d+$/.test(key);
}

function listAfter<T>(list: readonly T[], before: Table<T>, after: Table<T>, changed: ReadonlySet<string>): readonly T[] {
  const now = [...list];
  for (const id of changed) {
    if (!Object.hasOwn(before, id)) {
      if (Object.hasOwn(after, id)) now.push(after[id] as T);
      continue;
    }
    const at = now.indexOf(before[id] as T);
    if (Object.hasOwn(after, id)) now[at] = after[id] as T;
    else now.splice(at, 1);
  }
  return now;
}
