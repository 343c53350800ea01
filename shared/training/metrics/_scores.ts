import { MOST_SCORES, THRESHOLD, type MeterState, type Observation } from './_define';

/** Every score of every row, and what each row should have been. Of too many only each second row is kept, then each fourth, and so on. */
export interface KeptScores {
  add(observation: Observation): void;
  columns(): number;
  /** The scores of a column of those that are of its class, and of the others; arrays of their own. */
  column(index: number): readonly [members: Float32Array, others: Float32Array];
  state(): MeterState;
}

interface Table {
  /** Scores of a row; one where the answer is yes or no. */
  columns: number;
  /** Every so many rows one is kept. */
  stride: number;
  /** Rows that came. */
  seen: number;
  /** Rows that are kept. */
  rows: number;
  scores: Float32Array;
  /** The right class of each row; of a yes 1. */
  targets: Int32Array;
}

/** Nothing kept yet, or what a state holds. At most `most` scores. */
export function keptScores(before?: MeterState, most = MOST_SCORES): KeptScores {
  const table = tableFrom(before, most) ?? emptyTable(0);
  return {
    columns: () => table.columns,
    state: () => ({
      numbers: [table.columns, table.stride, table.seen],
      scores: table.scores.slice(0, table.rows * table.columns),
      targets: table.targets.slice(0, table.rows),
    }),
    add(observation) {
      const columns = observation.kind === 'classes' ? observation.classes : 1;
      if (table.columns !== columns) Object.assign(table, emptyTable(columns));
      const { scores, targets } = observation;
      for (let row = 0; row < targets.length; row += 1) {
        const isKept = table.seen % table.stride === 0;
        table.seen += 1;
        if (!isKept) continue;
        const target = targets[row] as number;
        append(table, scores, row, columns === 1 ? Number(target > THRESHOLD) : target);
        if (table.rows > 1 && table.rows * columns > most) thin(table);
      }
    },
    column(index) {
      const { columns, rows, scores, targets } = table;
      const member = columns === 1 ? 1 : index;
      const sides = [new Float32Array(rows), new Float32Array(rows)] as const;
      const counts: [number, number] = [0, 0];
      for (let row = 0; row < rows; row += 1) {
        const side = targets[row] === member ? 0 : 1;
        sides[side][counts[side]++] = scores[row * columns + index] as number;
      }
      return [sides[0].subarray(0, counts[0]), sides[1].subarray(0, counts[1])];
    },
  };
}

function emptyTable(columns: number): Table {
  return { columns, stride: 1, seen: 0, rows: 0, scores: new Float32Array(0), targets: new Int32Array(0) };
}

/** Undefined where the state's numbers do not fit one another. */
function tableFrom(before: MeterState | undefined, most: number): Table | undefined {
  if (!before?.scores || !before.targets || before.numbers.length !== 3) return undefined;
  const { scores, targets } = before;
  const [columns, stride, seen] = before.numbers.map((number) => number ?? NaN) as [number, number, number];
  const rows = targets.length;
  const areCounts = [columns, stride, seen].every((number) => Number.isSafeInteger(number) && number >= 0);
  const isWhole = areCounts && columns > 0 && stride > 0 && rows === Math.ceil(seen / stride) && scores.length === rows * columns;
  return isWhole && (rows <= 1 || scores.length <= most) ? { columns, stride, seen, rows, scores, targets } : undefined;
}

function append(table: Table, scores: ArrayLike<number>, row: number, target: number): void {
  const { columns, rows } = table;
  if (rows === table.targets.length) grow(table);
  for (let column = 0; column < columns; column += 1) table.scores[rows * columns + column] = scores[row * columns + column] as number;
  table.targets[rows] = target;
  table.rows += 1;
}

/** Makes room for as many rows again. */
function grow(table: Table): void {
  const rows = Math.max(1024, 2 * table.rows);
  const scores = new Float32Array(rows * table.columns);
  const targets = new Int32Array(rows);
  scores.set(table.scores);
  targets.set(table.targets);
  Object.assign(table, { scores, targets });
}

/** Keeps every second of the rows. */
function thin(table: Table): void {
  const { columns, scores, targets, rows } = table;
  const kept = Math.ceil(rows / 2);
  for (let row = 1; row < kept; row += 1) {
    scores.copyWithin(row * columns, 2 * row * columns, (2 * row + 1) * columns);
    targets[row] = targets[2 * row] as number;
  }
  Object.assign(table, { rows: kept, stride: 2 * table.stride });
}
