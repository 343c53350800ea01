import type { GraphEdge } from '../graph/graph';

/** The port where a wire begins, in a word. */
export function originOf({ from }: GraphEdge): string {
  return `${from.node} ${from.port}`;
}

/** Keeps count of the wires that begin at each port. */
export function createForks() {
  const counts = new Map<string, number>();
  const add = (origin: string, more: number, changed: Set<string>) => {
    const before = counts.get(origin) ?? 0;
    const now = before + more;
    if (now === 0) counts.delete(origin);
    else counts.set(origin, now);
    if (before > 1 !== now > 1) changed.add(origin);
  };
  return {
    isFork: (origin: string): boolean => (counts.get(origin) ?? 0) > 1,
    /** Returns the ports at which one wire began and now begin several, or the other way around. */
    update(came: readonly GraphEdge[], gone: readonly GraphEdge[]): ReadonlySet<string> {
      const changed = new Set<string>();
      for (const edge of gone) add(originOf(edge), -1, changed);
      for (const edge of came) add(originOf(edge), 1, changed);
      return changed;
    },
  };
}
