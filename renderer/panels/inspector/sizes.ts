import { isUnnamed, withLetters } from '../../../shared/graph/unknownSizes';
import type { Parsed } from '../../ui/ParsedField';

type Sizes = readonly (number | string)[];

/** `28 × 28 × 1`; empty for a single number for each sample. A size without a name reads `?`. */
export function formatSizes(sizes: readonly (number | string | null)[]): string {
  return sizes.map((size) => (size === null ? '?' : size)).join(' × ');
}

/** What sizes may be: letters for those that are not fixed, or numbers from `min` on. */
export interface SizesAllowed {
  readonly letters: boolean;
  readonly min?: number | undefined;
}

/** Reads sizes between ×, x, commas or spaces. A size that is not fixed is `?`, `None`, or a capital letter. */
export function parseSizes(text: string, { letters, min = 1 }: SizesAllowed): Parsed<Sizes> {
  const parts = text.split(/[×x,;*\s()[\]]+/).filter((part) => part !== '');
  if (parts.length > 6) return { ok: false, error: `${parts.length} sizes are too many. At most 6.` };
  const sizes: (number | string)[] = [];
  for (const part of parts) {
    const size = Number(part.replace('−', '-'));
    if (letters && (isUnnamed(part) || /^[A-Z][A-Za-z0-9]{0,7}$/.test(part))) sizes.push(part);
    else if (Number.isInteger(size) && size >= min && size <= 1_000_000) sizes.push(size);
    else
      return {
        ok: false,
        error: `“${part}” is not a size: a whole number from ${min} on${letters ? ', ? or a capital letter such as H' : ''}.`,
      };
  }
  return { ok: true, value: (letters ? withLetters(sizes) : sizes) as Sizes };
}
