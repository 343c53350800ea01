import type { NodeId } from '../graph/graph';
import type { Flow } from './flow';

/**
 * A row for each layer: 0 is the main path, the longest way through. What branches off stands in rows of its own, as far
 * as to where it comes back: below where it enters by a later port than the main path, above where by an earlier one.
 */
export function rowsOf(flow: Flow): ReadonlyMap<NodeId, number> {
  const rows = new Map<NodeId, number>();
  const taken = new Map<number, [from: number, to: number][]>();
  const put = (chain: readonly NodeId[], row: number, until: number) => {
    for (const id of chain) rows.set(id, row);
    const stretch: [number, number] = [columnOf(flow, chain[0]), until];
    const stretches = taken.get(row) ?? [];
    stretches.push(stretch);
    taken.set(row, stretches);
  };
  const isFree = (row: number, from: number, to: number) => (taken.get(row) ?? []).every(([a, b]) => to < a || from > b);
  const main = mainPath(flow);
  put(main, 0, columnOf(flow, main.at(-1)));
  for (const id of flow.order) {
    if (rows.has(id)) continue;
    const chain = chainFrom(flow, id, rows);
    const { side, base, until } = surroundings(flow, chain, rows);
    let row = base + side;
    while (!isFree(row, columnOf(flow, id), until)) row += side;
    put(chain, row, until);
  }
  return rows;
}

function columnOf({ column }: Flow, id: NodeId | undefined): number {
  return (id === undefined ? undefined : column.get(id)) ?? 0;
}

/** The longest way, through first ports where there are several. */
function mainPath(flow: Flow): readonly NodeId[] {
  let end = flow.order[0] as NodeId;
  for (const id of flow.order) if (columnOf(flow, id) > columnOf(flow, end)) end = id;
  // Backwards, a column each: it ends, also on a cycle.
  const backwards = [end];
  for (;;) {
    const at = backwards.at(-1) as NodeId;
    const before = (flow.incoming.get(at) ?? []).find(({ from }) => isOnTheWay(flow, from.node, columnOf(flow, at) - 1))?.from.node;
    if (before === undefined) return backwards.toReversed();
    backwards.push(before);
  }
}

/** In this column because of what is before it: an input that begins late is a branch. */
function isOnTheWay(flow: Flow, id: NodeId, column: number): boolean {
  return columnOf(flow, id) === column && (column === 0 || flow.incoming.has(id));
}

/** On along layers that have no row yet. */
function chainFrom(flow: Flow, start: NodeId, rows: ReadonlyMap<NodeId, number>): readonly NodeId[] {
  const chain = [start];
  for (;;) {
    const at = chain.at(-1) as NodeId;
    const next = (flow.outgoing.get(at) ?? []).find(({ to }) => !rows.has(to.node) && columnOf(flow, to.node) > columnOf(flow, at))?.to
      .node;
    if (next === undefined) return chain;
    chain.push(next);
  }
}

interface Surroundings {
  readonly side: 1 | -1;
  /** The row from which it branches off, or into which it comes. */
  readonly base: number;
  /** The last column that it needs for itself and its wire. */
  readonly until: number;
}

function surroundings(flow: Flow, chain: readonly NodeId[], rows: ReadonlyMap<NodeId, number>): Surroundings {
  const last = chain.at(-1) as NodeId;
  const out = (flow.outgoing.get(last) ?? []).find(({ to }) => rows.has(to.node));
  const merge = out?.to.node;
  const entries = merge === undefined ? [] : (flow.incoming.get(merge) ?? []);
  const own = entries.findIndex(({ from }) => from.node === last);
  const other = entries.findIndex(({ from }) => from.node !== last && rows.get(from.node) === rows.get(merge ?? ''));
  const fork = (flow.incoming.get(chain[0] as NodeId) ?? []).find(({ from }) => rows.has(from.node))?.from.node;
  const base = rows.get(fork ?? '') ?? rows.get(merge ?? '') ?? 0;
  const side = base < 0 || (base === 0 && own >= 0 && other >= 0 && own < other) ? -1 : 1;
  return { side, base, until: Math.max(columnOf(flow, last), columnOf(flow, merge) - 1) };
}
