import type { EdgeId, Position } from '../graph/graph';
import type { Box } from './geometry';

/** A wire whose long level piece may be led elsewhere, or one that only takes room. */
export interface Levelled {
  readonly id: EdgeId;
  /** The port from which it comes: branches of one port may run together. */
  readonly origin: string;
  readonly corners: readonly Position[];
  readonly source: Position;
  readonly target: Position;
  /** Height of its level piece; undefined where that is not free to move. */
  readonly lane: number | undefined;
}

/** From one wire to the next beside it. */
const APART = 16;
/** Two nearer than this cannot be told apart. */
const NEAR = 12;
const STUB = 18;
/** Steps after which a wire stays where it is. */
const MOST = 100;

/**
 * Heights for those level pieces that would lie on other wires: the longer one is led farther out, so that nested skip
 * wires run beside each other without crossing. Only what is led elsewhere is in the result.
 */
export function spreadLanes(
  wires: Iterable<Levelled>,
  boxesBetween: (left: number, right: number) => readonly Box[],
): ReadonlyMap<EdgeId, number> {
  const taken = createLevels();
  const free: (Levelled & { readonly lane: number })[] = [];
  for (const wire of wires) {
    if (wire.lane === undefined) takeLevels(taken, wire);
    else free.push({ ...wire, lane: wire.lane });
  }
  const moved = new Map<EdgeId, number>();
  for (const wire of free.sort((a, b) => lengthOf(a) - lengthOf(b))) {
    const lane = laneFor(wire, taken, boxesBetween);
    const { left, right } = reachOf(wire);
    taken.add({ y: lane, left, right, origin: wire.origin });
    if (lane !== wire.lane) moved.set(wire.id, lane);
  }
  return moved;
}

interface Level {
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly origin: string;
}

/** Level pieces by their height, so that only those near are looked at. */
function createLevels() {
  const rows = new Map<number, Level[]>();
  const row = (y: number) => Math.floor(y / APART);
  return {
    add(level: Level): void {
      const list = rows.get(row(level.y));
      if (list) list.push(level);
      else rows.set(row(level.y), [level]);
    },
    has({ y, left, right, origin }: Level): boolean {
      const near = [row(y) - 1, row(y), row(y) + 1].flatMap((each) => rows.get(each) ?? []);
      return near.some(
        (level) => level.origin !== origin && Math.abs(level.y - y) < NEAR && level.left < right - 4 && level.right > left + 4,
      );
    },
  };
}

type Levels = ReturnType<typeof createLevels>;

/** A wire keeps its object as long as it keeps its way. */
const levels = new WeakMap<Levelled, readonly Level[]>();

function takeLevels(taken: Levels, wire: Levelled): void {
  const known = levels.get(wire);
  const own = known ?? levelsOf(wire);
  if (!known) levels.set(wire, own);
  for (const level of own) taken.add(level);
}

function levelsOf({ corners, origin }: Levelled): readonly Level[] {
  const own: Level[] = [];
  for (let index = 1; index < corners.length; index += 1) {
    const [from, to] = [corners[index - 1] as Position, corners[index] as Position];
    if (Math.abs(from.y - to.y) < 0.5) own.push({ y: to.y, left: Math.min(from.x, to.x), right: Math.max(from.x, to.x), origin });
  }
  return own;
}

function reachOf({ source, target }: Levelled): { readonly left: number; readonly right: number } {
  return { left: Math.min(source.x + STUB, target.x - STUB), right: Math.max(source.x + STUB, target.x - STUB) };
}

function lengthOf({ source, target }: Levelled): number {
  return Math.abs(target.x - source.x);
}

function laneFor(
  wire: Levelled & { readonly lane: number },
  taken: Levels,
  boxesBetween: (left: number, right: number) => readonly Box[],
): number {
  const { left, right } = reachOf(wire);
  const { origin, lane, source, target } = wire;
  if (!taken.has({ y: lane, left, right, origin })) return lane;
  const direction = lane >= (source.y + target.y) / 2 ? 1 : -1;
  const boxes = boxesBetween(left, right);
  const isBlocked = (y: number) =>
    boxes.some((box) => box.x < right && box.x + box.width > left && box.y - 8 < y && box.y + box.height + 8 > y);
  for (let step = 1; step <= MOST; step += 1) {
    const y = lane + direction * APART * step;
    if (!isBlocked(y) && !taken.has({ y, left, right, origin })) return y;
  }
  return lane;
}
