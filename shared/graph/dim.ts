import { greatestCommonDivisor } from './integers';

/**
 * A size along one axis: a plain number, or an expression over named unknowns such as `N` (batch) or `H`.
 *
 * Expressions are kept in a normal form – a constant plus terms, each a coefficient times sorted factors – so that
 * two paths through a network that compute the same size are the same value. Factors are unknowns or floor divisions,
 * which is all that strided convolutions, poolings and flattening ever need.
 */
export type Dim = number | DimExpression;

export interface DimExpression {
  readonly constant: number;
  /** Sorted by key; never empty (else the dimension is a plain number); no coefficient is 0. */
  readonly terms: readonly DimTerm[];
}

export interface DimTerm {
  readonly coefficient: number;
  /** Sorted by key; at least one. */
  readonly factors: readonly DimFactor[];
}

export type DimFactor = { readonly unknown: string } | { readonly floorOf: DimExpression; readonly by: number };

/** What is known about two sizes being equal. */
export type Comparison = 'equal' | 'different' | 'unproven';

/** A named unknown size, at least 1: `N` for the batch, `H`, `W`, `T`. */
export function unknown(name: string): DimExpression {
  return { constant: 0, terms: [{ coefficient: 1, factors: [{ unknown: name }] }] };
}

/** The batch axis of every network: the unknown `N`. */
export const BATCH: Dim = unknown('N');

export function isKnown(dim: Dim): dim is number {
  return typeof dim === 'number';
}

export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number') return typeof b === 'number' ? a + b : plus(b, a);
  if (typeof b === 'number') return plus(a, b);
  return normalize(a.constant + b.constant, [...a.terms, ...b.terms]);
}

/** What most sums are; it changes no term, so there is nothing to put in order. */
function plus(dim: DimExpression, constant: number): DimExpression {
  return constant === 0 ? dim : { constant: dim.constant + constant, terms: dim.terms };
}

export function subtractDims(a: Dim, b: Dim): Dim {
  return addDims(a, multiplyDims(b, -1));
}

export function multiplyDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number') return typeof b === 'number' ? a * b : times(b, a);
  if (typeof b === 'number') return times(a, b);
  const left = asTerms(a);
  const right = asTerms(b);
  const products = left.flatMap((x) =>
    right.map((y) => ({ coefficient: x.coefficient * y.coefficient, factors: [...x.factors, ...y.factors] })),
  );
  return normalize(0, products);
}

function times({ constant, terms }: DimExpression, factor: number): Dim {
  if (factor === 0) return 0;
  return {
    constant: constant === 0 ? 0 : constant * factor,
    terms: terms.map((term) => ({ coefficient: term.coefficient * factor, factors: term.factors })),
  };
}

/** ⌊dim / divisor⌋ for a positive integer divisor, simplified: `⌊(2H+3)/2⌋` is `H+1`, `⌊3H/2⌋` is `H+⌊H/2⌋`. */
export function floorDivide(dim: Dim, divisor: number): Dim {
  if (!Number.isInteger(divisor) || divisor < 1) throw new RangeError(`floorDivide: divisor ${divisor} is not a positive integer.`);
  if (typeof dim === 'number') return Math.floor(dim / divisor);
  if (divisor === 1) return dim;
  const outside = normalize(
    Math.floor(dim.constant / divisor),
    coefficients(dim, (size) => Math.floor(size / divisor)),
  );
  const inside = normalize(
    remainder(dim.constant, divisor),
    coefficients(dim, (size) => remainder(size, divisor)),
  );
  if (typeof inside === 'number') return outside;
  return addDims(outside, floorOf(...reduced(inside, divisor)));
}

function coefficients({ terms }: DimExpression, changed: (coefficient: number) => number): readonly DimTerm[] {
  return terms.map(({ coefficient, factors }) => ({ coefficient: changed(coefficient), factors }));
}

function remainder(size: number, divisor: number): number {
  return size - Math.floor(size / divisor) * divisor;
}

/** ⌊(g·x + c)/(g·m)⌋ = ⌊(x + ⌊c/g⌋)/m⌋ */
function reduced(inside: DimExpression, by: number): [DimExpression, number] {
  const common = inside.terms.reduce((divisor, { coefficient }) => greatestCommonDivisor(divisor, coefficient), by);
  if (common === 1) return [inside, by];
  const terms = coefficients(inside, (size) => size / common);
  return [{ constant: Math.floor(inside.constant / common), terms }, by / common];
}

/** ⌊(⌊x/a⌋ + c)/b⌋ = ⌊(x + a·c)/(a·b)⌋ keeps chains of strides in one division, whether they round down or up. */
function floorOf(inside: DimExpression, by: number): Dim {
  const nested = onlyFloor(inside);
  if (nested) return floorDivide(addDims(nested.floor.floorOf, multiplyDims(nested.others, nested.floor.by)), nested.floor.by * by);
  return { constant: 0, terms: [{ coefficient: 1, factors: [{ floorOf: inside, by }] }] };
}

/** A sum's one floor division, where it has one and that stands once and alone in its term. */
function onlyFloor({ constant, terms }: DimExpression) {
  const isFloored = ({ factors }: DimTerm) => factors.some((factor) => 'floorOf' in factor);
  const [term, ...more] = terms.filter(isFloored);
  const [floor, ...factors] = term?.factors ?? [];
  if (more.length > 0 || factors.length > 0 || term?.coefficient !== 1 || !floor || !('floorOf' in floor)) return undefined;
  const others = normalize(
    constant,
    terms.filter((other) => other !== term),
  );
  return { floor, others };
}

/** Three-valued equality: two expressions whose difference is a constant are settled, anything else is unproven. */
export function compareDims(a: Dim, b: Dim): Comparison {
  if (a === b) return 'equal';
  if (typeof a === 'number' && typeof b === 'number') return 'different';
  const difference = subtractDims(a, b);
  if (typeof difference !== 'number') return 'unproven';
  return difference === 0 ? 'equal' : 'different';
}

/** The size with its unknowns bound, or undefined where one is not bound. */
export function evaluateDim(dim: Dim, bindings: Readonly<Record<string, number>>): number | undefined {
  if (typeof dim === 'number') return dim;
  let sum = dim.constant;
  for (const term of dim.terms) {
    let product = term.coefficient;
    for (const factor of term.factors) {
      const value = evaluateFactor(factor, bindings);
      if (value === undefined) return undefined;
      product *= value;
    }
    sum += product;
  }
  return sum;
}

function evaluateFactor(factor: DimFactor, bindings: Readonly<Record<string, number>>): number | undefined {
  if ('unknown' in factor) return Object.hasOwn(bindings, factor.unknown) ? bindings[factor.unknown] : undefined;
  const inside = evaluateDim(factor.floorOf, bindings);
  return inside === undefined ? undefined : Math.floor(inside / factor.by);
}

/** `28`, `N`, `⌊(H+1)/2⌋`: as it is written on a wire. */
export function formatDim(dim: Dim): string {
  if (typeof dim === 'number') return String(dim);
  const parts = dim.terms.map((term, index) => formatTerm(term, index === 0));
  if (dim.constant !== 0) parts.push(`${dim.constant > 0 ? '+' : '−'}${Math.abs(dim.constant)}`);
  return parts.join('');
}

function formatTerm({ coefficient, factors }: DimTerm, first: boolean): string {
  const sign = coefficient < 0 ? '−' : first ? '' : '+';
  const size = Math.abs(coefficient) === 1 ? '' : `${Math.abs(coefficient)}·`;
  return sign + size + factors.map(formatFactor).join('·');
}

function formatFactor(factor: DimFactor): string {
  if ('unknown' in factor) return factor.unknown;
  const inside = formatDim(factor.floorOf);
  return `⌊${/[+−]/.test(inside) ? `(${inside})` : inside}/${factor.by}⌋`;
}

function asTerms({ constant, terms }: DimExpression): readonly DimTerm[] {
  return constant === 0 ? terms : [...terms, { coefficient: constant, factors: [] }];
}

function normalize(constant: number, terms: readonly DimTerm[]): Dim {
  const byKey = new Map<string, DimTerm>();
  for (const term of terms) {
    if (term.factors.length === 0) {
      constant += term.coefficient;
      continue;
    }
    const factors = term.factors.toSorted((a, b) => compareText(factorKey(a), factorKey(b)));
    const key = factors.map(factorKey).join('*');
    byKey.set(key, { coefficient: (byKey.get(key)?.coefficient ?? 0) + term.coefficient, factors });
  }
  const kept = [...byKey].filter(([, term]) => term.coefficient !== 0).sort(([a], [b]) => compareText(a, b));
  return kept.length === 0 ? constant : { constant, terms: kept.map(([, term]) => term) };
}

function factorKey(factor: DimFactor): string {
  return 'unknown' in factor ? factor.unknown : `floor(${formatDim(factor.floorOf)}/${factor.by})`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
