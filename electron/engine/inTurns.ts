/** The first runs plan and allocate: they are not measured. */
const WARM_UP = 1;
const ROUNDS = 7;
/** Once so many milliseconds are measured, fewer rounds are enough. */
const LONG_ENOUGH = 1500;
const LEAST_ROUNDS = 3;

/**
 * The least milliseconds of each contestant, of rounds in which all take turns: what else the machine does meets all of them. A step is a
 * round.
 */
export async function* leastInTurns(contestants: readonly (() => Promise<unknown>)[]): AsyncGenerator<void, readonly number[]> {
  const least = contestants.map(() => Infinity);
  let measured = 0;
  for (let round = -WARM_UP; round < ROUNDS && (round < LEAST_ROUNDS || measured < LONG_ENOUGH); round += 1) {
    for (const [index, run] of contestants.entries()) {
      const start = performance.now();
      await run();
      if (round < 0) continue;
      const taken = performance.now() - start;
      measured += taken;
      least[index] = Math.min(least[index] as number, taken);
    }
    yield;
  }
  return least;
}
