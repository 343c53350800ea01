import { addDims, evaluateDim, formatDim, isKnown, type Dim } from '../graph/dim';
import type { SkipDocument } from '../document/document';
import type { NetworkAnalysis } from '../infer/analysis';
import { groupInputs } from '../infer/groupInputs';
import type { Category } from '../layers/define';
import { findLayer } from '../layers/index';
import { parseParams } from '../layers/parse';
import { analysisAt, pairsThatMustAgree } from './inputSizes';

/** What a network is at any height and width of its square image, from one inference with an unknown size. */
export interface SizeConditions {
  /** True: the network works at this size, surely. False: it has to be looked at by itself. */
  holdsAt(size: number): boolean;
  readonly parameters: number;
  macsAt(size: number): number;
}

/** Kinds of layers that refuse no image but one whose result would be empty; a merge also one whose inputs differ. */
const SIMPLE: ReadonlySet<Category> = new Set([
  'inputOutput',
  'convolution',
  'pooling',
  'normalization',
  'activation',
  'regularization',
  'merge',
  'residual',
]);
const ALSO_SIMPLE: ReadonlySet<string> = new Set(['pad', 'cropping2d', 'upSampling2d', 'identity', 'dense']);
/** Of the above those that look at more than whether something is left. */
const NOT_SIMPLE: ReadonlySet<string> = new Set(['adaptiveAveragePooling2d', 'dot', 'groupNormalization', 'localResponseNormalization']);

const SIZE = 'S';

/** Undefined where some layer decides by more than emptiness and equality, or where even an unknown size is an error. */
export function sizeConditions(document: SkipDocument): SizeConditions | undefined {
  const analysis = analysisAt(document, SIZE, SIZE);
  if (!analysis || analysis.problems.some(({ severity }) => severity === 'error') || !isSimple(analysis)) return undefined;
  const macs = macsOf(analysis);
  if (macs === undefined) return undefined;
  const present = [
    ...distinct([...analysis.nodes.values()].flatMap(({ outputs }) => Object.values(outputs).flatMap(({ shape }) => shape.slice(1)))),
  ];
  const alike = pairsThatMustAgree(analysis);
  const at = (dim: Dim, size: number) => evaluateDim(dim, { [SIZE]: size }) ?? NaN;
  return {
    holdsAt: (size) => present.every((dim) => at(dim, size) >= 1) && alike.every(([a, b]) => at(a, size) === at(b, size)),
    parameters: analysis.totals.parameters,
    macsAt: (size) => at(macs, size),
  };
}

function isSimple({ flat, nodes }: NetworkAnalysis): boolean {
  for (const { path, type } of flat.nodes.values()) {
    const layer = findLayer(type);
    const isKnownKind = layer && (SIMPLE.has(layer.category) || ALSO_SIMPLE.has(type)) && !NOT_SIMPLE.has(type);
    if (!isKnownKind || nodes.get(path)?.parameters === undefined) return false;
  }
  return true;
}

function macsOf({ flat, nodes }: NetworkAnalysis): Dim | undefined {
  let sum: Dim = 0;
  for (const node of flat.nodes.values()) {
    const layer = findLayer(node.type);
    const known = nodes.get(node.path);
    const params = layer && parseParams(layer, node.params);
    if (!layer || !known || !params?.ok) return undefined;
    if (known.macs !== undefined) sum = addDims(sum, known.macs);
    else
      sum = addDims(
        sum,
        layer.macs(groupInputs(layer, known.inputs) as never, known.outputs, params.value, { dataFormat: flat.dataFormat }),
      );
  }
  return sum;
}

/** Sizes that stand for themselves once; numbers have been looked at. */
function distinct(dims: readonly Dim[]): Iterable<Dim> {
  return new Map(dims.filter((dim) => !isKnown(dim)).map((dim) => [formatDim(dim), dim])).values();
}
