/** Numbers from 0 to 1 that a printed seed gives again (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed that is named to see a failure again; else one of today, or where every change is checked always the same. */
export const SEED = Number(process.env['SKIPWIRE_SEED'] ?? (process.env['CI'] === 'true' ? 20_261 : Date.now() % 1_000_000));
