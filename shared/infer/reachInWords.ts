import type { ReceptiveField } from './reach';

/** `7×7`, `whole input`; `unknown` where it cannot be said. */
export function fieldInWords(field: ReceptiveField | undefined): string {
  if (field === undefined) return 'unknown';
  return field === 'whole' ? 'whole input' : field.size.join('×');
}

/** `2`, `2×1`, `1/2`: elements of the input from one position to the next. */
export function strideInWords({ strides }: Exclude<ReceptiveField, 'whole'>): string {
  return alike(
    strides.map((stride) => (stride < 1 ? `1/${short(1 / stride)}` : short(stride))),
    '×',
  );
}

/** `111.5, 111.5`: where the middle lies of what the first position sees; the first element's own is 0. `unknown` where no number can be said. */
export function centreInWords({ centre }: Exclude<ReceptiveField, 'whole'>): string {
  return centre === undefined ? 'unknown' : centre.map((value) => short(value).replace('-', '−')).join(', ');
}

function short(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function alike(words: readonly string[], between: string): string {
  return new Set(words).size === 1 ? (words[0] as string) : words.join(between);
}
