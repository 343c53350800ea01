import type { EdgeId } from '../graph/graph';

/** A level piece of a wire. `length`: of the wire where it was free to move, by which it is known who goes first; else −1. */
export interface Level {
  readonly id: EdgeId;
  readonly length: number;
  readonly y: number;
  readonly left: number;
  readonly right: number;
  readonly origin: string;
}

/** Height of the rows in which pieces are looked for. */
const ROW = 16;
/** Two nearer than this cannot be told apart. */
const NEAR = 12;

/** Level pieces by their height, so that only those near are looked at. */
export function createLevels() {
  const rows = new Map<number, Level[]>();
  const row = (y: number) => Math.floor(y / ROW);
  return {
    add(level: Level): Level {
      const list = rows.get(row(level.y));
      if (list) list.push(level);
      else rows.set(row(level.y), [level]);
      return level;
    },
    remove(level: Level): Level {
      const list = rows.get(row(level.y)) ?? [];
      const at = list.indexOf(level);
      if (at >= 0) list.splice(at, 1);
      if (list.length === 0) rows.delete(row(level.y));
      return level;
    },
    /** Whether a piece would lie on one that goes before it. */
    has(level: Level, length: number, numberOf: (id: EdgeId) => number): boolean {
      const middle = row(level.y);
      for (let each = middle - 1; each <= middle + 1; each += 1) {
        for (const other of rows.get(each) ?? none) {
          if (other.origin === level.origin || Math.abs(other.y - level.y) >= NEAR) continue;
          if (other.left >= level.right - 4 || other.right <= level.left + 4) continue;
          if (other.length < length || (other.length === length && numberOf(other.id) < numberOf(level.id))) return true;
        }
      }
      return false;
    },
  };
}

export type Levels = ReturnType<typeof createLevels>;

const none: readonly Level[] = [];
