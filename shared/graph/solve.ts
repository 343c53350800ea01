import { evaluateDim, isKnown, subtractDims, type Dim, type DimExpression } from './dim';
import { greatestCommonDivisor } from './integers';

/**
 * The values of one unknown for which something holds: those that leave one of these remainders when divided by
 * `modulus`, from `least` on; or, where there are only so many, the values themselves.
 */
export type SizeSet =
  | {
      readonly kind: 'periodic';
      readonly unknown: string;
      readonly modulus: number;
      readonly remainders: readonly number[];
      readonly least: number;
    }
  | {
      readonly kind: 'finite';
      readonly unknown: string;
      readonly values: readonly number[];
    };

/** When two sizes are equal: always, never, or for some values of an unknown; undefined where this is not decided. */
export type Equality = 'always' | 'never' | SizeSet | undefined;

/** Longer periods than this are nobody's network. */
const LONGEST = 4096;

/**
 * Decides when two sizes are equal. Their difference over one unknown is a straight line plus something periodic: floor
 * divisions by a, nested in divisions by b, repeat after a·b. One period, or the stretch where the line is near 0, tells
 * all. Differences of products or of several unknowns are not decided.
 */
export function equalWhen(a: Dim, b: Dim): Equality {
  const difference = subtractDims(a, b);
  if (isKnown(difference)) return difference === 0 ? 'always' : 'never';
  const name = onlyUnknown(difference);
  const period = name === undefined ? undefined : periodOf(difference);
  if (name === undefined || period === undefined || period > LONGEST) return undefined;
  const at = (size: number) => evaluateDim(difference, { [name]: size }) ?? NaN;
  const slope = at(1 + period) - at(1);
  if (slope !== 0) return finite(name, period, slope, at);
  const remainders = range(1, period).filter((size) => at(size) === 0);
  if (remainders.length === 0) return 'never';
  if (remainders.length === period) return 'always';
  return periodic(
    name,
    period,
    remainders.map((size) => size % period),
  );
}

/** A set of remainders under the smallest modulus that describes it. */
export function periodic(unknown: string, modulus: number, remainders: readonly number[], least = 1): SizeSet {
  const wanted = new Set(remainders);
  for (let smaller = 1; smaller < modulus; smaller += 1) {
    if (modulus % smaller !== 0) continue;
    const folded = new Set([...wanted].map((remainder) => remainder % smaller));
    if (folded.size * (modulus / smaller) === wanted.size) return periodic(unknown, smaller, [...folded], least);
  }
  return {
    kind: 'periodic',
    unknown,
    modulus,
    remainders: [...wanted].sort((x, y) => x - y),
    least,
  };
}

/** Values in both sets; undefined where they speak of different unknowns. */
export function intersect(a: SizeSet, b: SizeSet): SizeSet | undefined {
  if (a.unknown !== b.unknown) return undefined;
  if (a.kind === 'finite') return { ...a, values: a.values.filter((value) => holds(b, value)) };
  if (b.kind === 'finite') return intersect(b, a);
  const modulus = (a.modulus * b.modulus) / greatestCommonDivisor(a.modulus, b.modulus);
  if (modulus > LONGEST) return undefined;
  const least = Math.max(a.least, b.least);
  const free = { least: 1 };
  const remainders = range(modulus, 2 * modulus - 1).filter((size) => holds({ ...a, ...free }, size) && holds({ ...b, ...free }, size));
  return periodic(
    a.unknown,
    modulus,
    remainders.map((size) => size % modulus),
    least,
  );
}

export function holds(set: SizeSet, value: number): boolean {
  return set.kind === 'finite' ? set.values.includes(value) : value >= set.least && set.remainders.includes(value % set.modulus);
}

/** The smallest value in a set; undefined where it is empty. */
export function smallest(set: SizeSet): number | undefined {
  if (set.kind === 'finite') return set.values[0];
  return set.remainders.length === 0 ? undefined : range(set.least, set.least + set.modulus - 1).find((size) => holds(set, size));
}

/** For people: `H is even`, `H is a multiple of 32, at least 64`, `W ≡ 3 mod 4`, `H is 5 or 6`. */
export function setInWords(set: SizeSet): string {
  const { unknown } = set;
  if (set.kind === 'finite') return set.values.length === 0 ? `no ${unknown} does` : `${unknown} is ${listed(set.values)}`;
  const first = smallest(set);
  const from = first === undefined || first === smallest({ ...set, least: 1 }) ? '' : `, at least ${first}`;
  return `${congruence(set.unknown, set.modulus, set.remainders)}${from}`;
}

function congruence(unknown: string, modulus: number, remainders: readonly number[]): string {
  const [first] = remainders;
  if (first === undefined) return `no ${unknown} does`;
  if (modulus === 1) return `${unknown} is any size`;
  if (modulus === 2) return `${unknown} is ${first === 0 ? 'even' : 'odd'}`;
  if (remainders.length === 1) return first === 0 ? `${unknown} is a multiple of ${modulus}` : `${unknown} ≡ ${first} mod ${modulus}`;
  const missing = range(0, modulus - 1).filter((remainder) => !remainders.includes(remainder));
  if (missing.length === 1)
    return missing[0] === 0 ? `${unknown} is no multiple of ${modulus}` : `${unknown} ≢ ${missing[0] ?? 0} mod ${modulus}`;
  return `${unknown} ≡ ${listed(remainders)} mod ${modulus}`;
}

/** `0 to 15`, `1, 2 or 5 to 9`: three or more in a row are told by their ends. */
function listed(values: readonly number[]): string {
  const runs = runsOf(values).flatMap((run) => (run.length < 3 ? run.map(String) : [`${run[0] ?? 0} to ${run.at(-1) ?? 0}`]));
  const shown = runs.slice(0, 8);
  if (runs.length > 8) return `${shown.join(', ')}, …`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}`;
}

function runsOf(values: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.at(-1) === value - 1) last.push(value);
    else runs.push([value]);
  }
  return runs;
}

/** For each remainder the difference is a straight line over whole periods: it is 0 at one of them, or nowhere. */
function finite(name: string, period: number, slope: number, at: (size: number) => number): Equality {
  const values = range(1, period)
    .map((size) => ({ size, periods: -at(size) / slope }))
    .filter(({ periods }) => Number.isInteger(periods) && periods >= 0)
    .map(({ size, periods }) => size + periods * period)
    .sort((x, y) => x - y);
  return values.length === 0 ? 'never' : { kind: 'finite', unknown: name, values };
}

/** The name of the unknown, where there is one and no products of sizes. */
function onlyUnknown(dim: DimExpression): string | undefined {
  const names = new Set<string>();
  const visit = (expression: DimExpression): boolean =>
    expression.terms.every(({ factors: [factor, ...more] }) => {
      if (!factor || more.length > 0) return false;
      if ('floorOf' in factor) return visit(factor.floorOf);
      names.add(factor.unknown);
      return true;
    });
  return visit(dim) && names.size === 1 ? [...names][0] : undefined;
}

/** After how many values the floor divisions of an expression repeat. */
function periodOf(dim: DimExpression): number | undefined {
  let period = 1;
  for (const { factors } of dim.terms) {
    for (const factor of factors) {
      if (!('floorOf' in factor)) continue;
      const inner = periodOf(factor.floorOf);
      if (inner === undefined) return undefined;
      const own = inner * factor.by;
      period = (period * own) / greatestCommonDivisor(period, own);
      if (period > LONGEST) return undefined;
    }
  }
  return period;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
