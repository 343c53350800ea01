import type { SkipDocument } from '../document/document';
import type { Problem } from '../graph/problem';
import type { NetworkAnalysis } from '../infer/analysis';
import { analyze } from '../infer/analyze';
import { withImageSize } from './inputSizes';
import { sizeConditions } from './sizeConditions';

/** What a network is at one height and width of its image. */
export interface SweptSize {
  readonly size: number;
  /** In the order of computation; empty where it works. */
  readonly errors: readonly Problem[];
  readonly parameters: number;
  readonly macs: number;
}

/** A whole range of sizes, both ends counted. */
export interface SizeRange {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The network inferred at each size of a range, its document untouched; undefined where it has no image input or several. */
export function sweepSizes(document: SkipDocument, { from, to, step }: SizeRange): readonly SweptSize[] | undefined {
  const at = sweeper(document);
  if (!at) return undefined;
  const swept: SweptSize[] = [];
  for (let size = from; size <= to; size += step) swept.push(at(size));
  return swept;
}

/**
 * Infers a network at one size after the other. One inference with an unknown size tells at which it works; the others are inferred
 * one by one, each taking from the one before what the size does not change.
 */
export function sweeper(document: SkipDocument): ((size: number) => SweptSize) | undefined {
  if (!withImageSize(document, 1, 1)) return undefined;
  const conditions = sizeConditions(document);
  let before: NetworkAnalysis | undefined;
  return (size) => {
    if (conditions?.holdsAt(size)) return { size, errors: [], parameters: conditions.parameters, macs: conditions.macsAt(size) };
    before = analyze(withImageSize(document, size, size) ?? document, before);
    const { parameters, macs } = before.totals;
    return { size, errors: errorsInOrder(before), parameters, macs };
  };
}

/** Sizes that break by the same problem first on the way of the data. */
export interface Break {
  readonly problem: Problem;
  readonly sizes: readonly number[];
}

/** Where sizes break first; the place that most of them break at comes first. */
export function breaksOf(swept: readonly SweptSize[]): readonly Break[] {
  const all = new Map<string, { readonly problem: Problem; readonly sizes: number[] }>();
  for (const { size, errors } of swept) {
    const [first] = errors;
    if (!first) continue;
    const known = all.get(first.id);
    if (known) known.sizes.push(size);
    else all.set(first.id, { problem: first, sizes: [size] });
  }
  return [...all.values()].sort((a, b) => b.sizes.length - a.sizes.length);
}

function errorsInOrder({ problems, order }: NetworkAnalysis): readonly Problem[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length < 2) return errors;
  const position = new Map(order.map((path, index) => [path, index]));
  return errors.toSorted((a, b) => (position.get(a.node) ?? 0) - (position.get(b.node) ?? 0));
}

/** `32, 64–66, 96`: sizes that follow each other by the step as one range; the first few, and how many more there are. */
export function sizesInWords(sizes: readonly number[], step: number, most = 12): string {
  const ranges: { first: number; last: number }[] = [];
  for (const size of sizes) {
    const range = ranges.at(-1);
    if (range && size === range.last + step) range.last = size;
    else ranges.push({ first: size, last: size });
  }
  const words = ranges.slice(0, most).map(({ first, last }) => (first === last ? String(first) : `${first}–${last}`));
  return ranges.length > most ? `${words.join(', ')} and ${ranges.length - most} more` : words.join(', ');
}
