/** Height of a line, in pixels of the base text size. */
export const ROW = 26;
/** Lines drawn beyond what is seen, so that scrolling shows no gap. */
const BEYOND = 6;

/** The lines that are to be drawn, as [first, after the last). All lines are equally high, so that this needs no measuring. */
export function windowOf(top: number, height: number, row: number, count: number): readonly [number, number] {
  const first = Math.max(0, Math.floor(top / row) - BEYOND);
  return [first, Math.min(count, Math.ceil((top + height) / row) + BEYOND)];
}
