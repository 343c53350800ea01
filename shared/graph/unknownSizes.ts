/** How others write a size that is not fixed: Keras `None`, ONNX and PyTorch `?` or `-1`, JSON `null`. */
const UNKNOWN = /^(\?|none|null|-1|−1)$/i;

/** Whether this is how a size that is not fixed is written, without a name. */
export function isUnnamed(size: unknown): boolean {
  return size === null || size === -1 || (typeof size === 'string' && UNKNOWN.test(size));
}

/** Letters by what an axis usually is, by the number of sizes of one sample. */
const LETTERS: Readonly<Record<number, readonly string[]>> = {
  1: ['T'],
  2: ['T', 'C'],
  3: ['H', 'W', 'C'],
  4: ['D', 'H', 'W', 'C'],
};

/**
 * Sizes of one sample in which each that is not fixed has a letter of its own, because two sizes are equal only where they
 * have the same name: `?×?×3` reads `H×W×3`, and `3×?×?`, channels first, `3×H×W`. Everything else stays as it is.
 */
export function withLetters(sizes: readonly unknown[]): readonly unknown[] {
  const open = sizes.flatMap((size, index) => (isUnnamed(size) ? [index] : []));
  const letters = LETTERS[sizes.length] ?? [];
  const taken = new Set(sizes.filter((size) => typeof size === 'string'));
  const isChannelsFirst = sizes.length > 2 && typeof sizes[0] === 'number' && open.length === sizes.length - 1;
  const named = new Map<number, string>();
  for (const index of open) {
    const usual = letters[isChannelsFirst ? index - 1 : index];
    const free = [usual, ...Array.from({ length: sizes.length + taken.size }, (_, count) => `S${count + 1}`)];
    const letter = free.find((name) => name !== undefined && !taken.has(name)) as string;
    taken.add(letter);
    named.set(index, letter);
  }
  return sizes.map((size, index) => named.get(index) ?? size);
}
