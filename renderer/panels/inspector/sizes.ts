import type { Parsed } from '../../ui/ParsedField';

/** `28 × 28 × 1`; empty for a single number for each sample. */
export function formatSizes(sizes: readonly (number | string)[]): string {
  return sizes.join(' × ');
}

/** Reads sizes between ×, x, commas or spaces; a capital letter stands for a size that is not fixed. */
export function parseSizes(text: string): Parsed<readonly (number | string)[]> {
  const parts = text.split(/[×x,;*\s]+/).filter((part) => part !== '');
  if (parts.length > 6) return { ok: false, error: `${parts.length} sizes are too many. At most 6.` };
  const sizes: (number | string)[] = [];
  for (const part of parts) {
    const size = Number(part);
    if (/^\d+$/.test(part) && size >= 1 && size <= 1_000_000) sizes.push(size);
    else if (/^[A-Z][A-Za-z0-9]{0,7}$/.test(part)) sizes.push(part);
    else return { ok: false, error: `“${part}” is not a size: a whole number from 1 on, or a capital letter such as H.` };
  }
  return { ok: true, value: sizes };
}
