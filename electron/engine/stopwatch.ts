/** Runs that are timed, at most: a long one is not repeated. */
const RUNS = 4;
const LONG = 300;

/** The least milliseconds of some runs, after one that is not counted. */
export async function leastTime(run: () => unknown): Promise<number> {
  await run();
  let least = Infinity;
  for (let count = 0, spent = 0; count < RUNS && spent < LONG; count += 1) {
    const start = performance.now();
    await run();
    const taken = performance.now() - start;
    spent += taken;
    least = Math.min(least, taken);
  }
  return least;
}
