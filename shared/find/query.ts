/** One thing that a layer must have to be found; all terms of a query hold at once. */
export type FindTerm =
  /** In its name, its kind or another word for it. */
  | { readonly kind: 'word'; readonly word: string; readonly field: 'any' | 'name' | 'kind' }
  /** Sizes without the batch, null for any size. */
  | { readonly kind: 'shape'; readonly sizes: readonly (number | null)[]; readonly side: 'in' | 'out' | 'any' }
  /** A parameter, or the count of `params` or `macs`, against a value. */
  | { readonly kind: 'value'; readonly name: string; readonly relation: Relation; readonly value: string };

export type Relation = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** More terms than anybody types; a pasted page of text must not cost a second. */
const MAX_TERMS = 16;

/**
 * Reads a search: words, shapes (`28×28×*`, `in:28x28x3`), parameters (`filters=64`, `params>10k`), `name:` and
 * `kind:`. A term that is not finished (`filters=`) is left out, so that the list does not flicker while one types.
 */
export function parseQuery(text: string): readonly FindTerm[] {
  return text
    .trim()
    .split(/\s+/)
    .slice(0, MAX_TERMS)
    .flatMap((part) => parseTerm(part) ?? []);
}

function parseTerm(part: string): FindTerm | undefined {
  const value = /^([\p{L}_][\p{L}\p{N}_.-]*)(<=|>=|!=|==?|<|>)(.*)$/u.exec(part);
  if (value) return valueTerm(value[1] ?? '', value[2] ?? '', value[3] ?? '');
  const [, field = '', rest = part] = /^(name|kind|in|out):(.*)$/i.exec(part) ?? [];
  const side = field.toLowerCase();
  const sizes = parseSizes(rest, side === 'in' || side === 'out');
  if (sizes) return { kind: 'shape', sizes, side: side === 'in' || side === 'out' ? side : 'any' };
  if (rest === '' || side === 'in' || side === 'out') return undefined;
  return { kind: 'word', word: rest.toLowerCase(), field: side === 'name' || side === 'kind' ? side : 'any' };
}

function valueTerm(name: string, sign: string, value: string): FindTerm | undefined {
  return value === '' ? undefined : { kind: 'value', name: plainName(name), relation: sign === '==' ? '=' : (sign as Relation), value };
}

/** `28×28×*` or `28x28x3`; a single size only where it is said to be a shape. */
function parseSizes(text: string, single: boolean): readonly (number | null)[] | undefined {
  const parts = text.split(/[×xX]/);
  if (parts.length > 8 || (parts.length < 2 && !single)) return undefined;
  return parts.every((part) => /^(\d{1,9}|\*)$/.test(part)) ? parts.map((part) => (part === '*' ? null : Number(part))) : undefined;
}

/** `kernel_size`, `kernelSize` and `Kernel-Size` are the same parameter. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[_.-]+/g, '');
}
