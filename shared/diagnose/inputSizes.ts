import { noChecks, type SkipDocument } from '../document/document';
import { evaluateDim, formatDim, isKnown, type Dim } from '../graph/dim';
import { equalWhen, intersect, periodic, setInWords, type SizeSet } from '../graph/solve';
import { imageAxes } from '../graph/tensor';
import type { NetworkAnalysis } from '../infer/analysis';
import { analyze } from '../infer/analyze';
import { sizesInQuestion } from './mismatch';

/** Smaller inputs than this are looked at one by one; a network that needs more is none for images. */
const FAR = 2048;

/**
 * For which heights and widths of its image input a network is valid, found by inferring it with unknown sizes: each
 * merge gives congruences, each window a bound. Undefined where sizes are fixed by the network (a flatten before a dense
 * layer), where it has no image input or several, or where a condition cannot be solved.
 */
export function inputSizesThatWork(document: SkipDocument): readonly SizeSet[] | undefined {
  const analysis = analysisAt(document, 'H', 'W');
  if (!analysis || analysis.problems.some(({ severity }) => severity === 'error')) return undefined;
  const sets = new Map<string, SizeSet>(['H', 'W'].map((name) => [name, periodic(name, 1, [0], leastSize(analysis, name))]));
  for (const [first, other] of pairsThatMustAgree(analysis)) {
    const when = equalWhen(first, other);
    if (when === 'always') continue;
    const known = typeof when === 'object' ? sets.get(when.unknown) : undefined;
    const both = typeof when === 'object' && known ? intersect(known, when) : undefined;
    if (!both) return undefined;
    sets.set(both.unknown, both);
  }
  return [...sets.values()];
}

/** A sentence: `Valid for any height and width.`, `Valid for input sizes where H is a multiple of 8.` */
export function validSizesInWords(sets: readonly SizeSet[]): string {
  return isAny(sets) ? 'Valid for any height and width.' : `Valid for input sizes where ${inputSizesInWords(sets)}.`;
}

function isAny(sets: readonly SizeSet[]): boolean {
  return sets.every((set) => set.kind === 'periodic' && set.modulus === 1 && set.least === 1);
}

/** `H is a multiple of 8 and W is a multiple of 8`. */
export function inputSizesInWords(sets: readonly SizeSet[]): string {
  return isAny(sets) ? 'any height and width' : sets.map(setInWords).join(', and ');
}

/**
 * The network with another height and width of its image input, numbers or letters; undefined where it has no image input or
 * several.
 */
export function withImageSize(document: SkipDocument, height: number | string, width: number | string): SkipDocument | undefined {
  const inputs = Object.values(document.graph.nodes).filter(({ type }) => type === 'input');
  const [input] = inputs;
  const shape = input?.params['shape'];
  if (!input || inputs.length > 1 || !Array.isArray(shape) || shape.length !== 3) return undefined;
  const axes = imageAxes(document.dataFormat);
  const resized = (shape as readonly (number | string)[]).map((size, axis) =>
    axis === axes.height - 1 ? height : axis === axes.width - 1 ? width : size,
  );
  const node = { ...input, params: { ...input.params, shape: resized } };
  return { ...document, graph: { ...document.graph, nodes: { ...document.graph.nodes, [input.id]: node } } };
}

/**
 * The network as it is at another size of its image, numbers or letters; undefined where it has no image input or several.
 * Warnings that the document switches off are there: what must agree is read off them.
 */
export function analysisAt(document: SkipDocument, height: number | string, width: number | string): NetworkAnalysis | undefined {
  const open = withImageSize(document, height, width);
  return open && analyze({ ...open, checks: noChecks });
}

/** Sizes that arrive at merges, of which it could not be proven that they always agree, with those that they must agree with. */
export function pairsThatMustAgree({ nodes }: NetworkAnalysis): readonly (readonly [Dim, Dim])[] {
  const pairs = new Map<string, readonly [Dim, Dim]>();
  // A layer's own problems: the network's are told once for all instances of a block, each of which has another condition.
  for (const { mismatch } of [...nodes.values()].flatMap((node) => node.problems)) {
    for (const [first, ...others] of mismatch ? sizesInQuestion(mismatch) : []) {
      for (const other of others) if (first !== undefined) pairs.set(`${formatDim(first)} ${formatDim(other)}`, [first, other]);
    }
  }
  return [...pairs.values()];
}

/** The smallest size at which no layer's result is empty: sizes only grow with the input. */
function leastSize({ nodes }: NetworkAnalysis, name: string): number {
  let least = 1;
  for (const { outputs } of nodes.values())
    for (const { shape } of Object.values(outputs))
      for (const dim of shape) {
        const at = (size: number) => (isKnown(dim) ? undefined : evaluateDim(dim, { [name]: size }));
        while (least < FAR && (at(least) ?? 1) < 1) least += 1;
      }
  return least;
}
