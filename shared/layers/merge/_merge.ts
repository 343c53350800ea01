import { compareDims, type Comparison, type Dim } from '../../graph/dim';
import { equalWhen, setInWords } from '../../graph/solve';
import type { LayerProblem, Mismatch } from '../../graph/problem';
import { axisNames, channelAxis, placeAxes, type DataFormat, type TensorType } from '../../graph/tensor';
import { formatShape } from '../../graph/tensor';
import { inWords } from '../../graph/words';

/** The variadic port of a merge. */
export const INPUTS = [{ name: 'inputs', variadic: { min: 2 } }] as const;

/** Why the inputs of an element-wise merge do not agree; undefined where they do. Axes in `free` may differ (concatenate's). */
export function mismatchOf(
  what: string,
  types: readonly TensorType[],
  dataFormat: DataFormat,
  free?: number,
  ports?: readonly string[],
): LayerProblem | undefined {
  const problem = disagreement(what, types, dataFormat, free);
  if (!problem?.mismatch || !ports) return problem;
  const rows = problem.mismatch.rows.map((row, index) => ({
    ...row,
    port: ports[index] ?? row.port,
  }));
  return { ...problem, mismatch: { ...problem.mismatch, rows } };
}

/** The shape of an element-wise merge: along each axis the size that is not 1. */
export function mergedType(types: readonly TensorType[]): TensorType {
  const [first, ...others] = types as readonly [TensorType, ...TensorType[]];
  const shape = first.shape.map((dim, axis) => (dim === 1 ? (others.find((type) => type.shape[axis] !== 1)?.shape[axis] ?? 1) : dim));
  return shape.every((dim, axis) => dim === first.shape[axis]) ? first : { ...first, shape };
}

function disagreement(
  what: string,
  types: readonly TensorType[],
  dataFormat: DataFormat,
  free: number | undefined,
): LayerProblem | undefined {
  const first = types[0] as TensorType;
  const ranks = new Set(types.map((type) => type.shape.length));
  if (ranks.size > 1) return rankProblem(what, types);
  const differing = axesWhere(types, free, 'different');
  if (differing.length > 0) {
    if (free !== undefined || !differing.every((axis) => repeats(types, axis))) return sizeProblem(what, types, differing, dataFormat);
    return isGate(what, types, differing, dataFormat) ? undefined : broadcastProblem(what, types, differing, dataFormat);
  }
  const unproven = axesWhere(types, free, 'unproven');
  if (unproven.length === 0) return undefined;
  const only = condition(types, unproven);
  const names = inWords(unproven.map((axis) => axisNames(first.shape.length, dataFormat)[axis] as string));
  return {
    code: `shape/${what}-unproven`,
    severity: 'warning',
    message: `inputs agree in ${names} only ${only ? `where ${only}` : 'for some input sizes'}: ${types.map((type) => formatShape(type.shape)).join(' and ')}. Give the input a size for which it holds, or make the paddings of both paths agree.`,
    mismatch: mismatch(types, unproven, dataFormat),
  };
}

function axesWhere(types: readonly TensorType[], free: number | undefined, wanted: 'different' | 'unproven'): number[] {
  const first = types[0] as TensorType;
  return first.shape.flatMap((dim, axis) => {
    if (axis === free) return [];
    const found = types.some((type) => comparison(dim, type.shape[axis] as Dim) === wanted);
    return found ? [axis] : [];
  });
}

/** Along this axis some inputs have one size and the others have 1, which frameworks repeat. */
function repeats(types: readonly TensorType[], axis: number): boolean {
  const sizes = types.map((type) => type.shape[axis] as Dim).filter((dim) => dim !== 1);
  return sizes.every((dim) => compareDims(dim, sizes[0] as Dim) === 'equal');
}

/** One number a channel, or one a pixel or step, multiplied into an image or a sequence is a gate, and meant so (squeeze and excitation). */
function isGate(what: string, types: readonly TensorType[], differing: readonly number[], dataFormat: DataFormat): boolean {
  const rank = types[0]?.shape.length ?? 0;
  if (what !== 'multiply' || rank < 3) return false;
  const axes = differing.join();
  return axes === String(channelAxis(rank, dataFormat)) || axes === placeAxes(rank, dataFormat).join();
}

function broadcastProblem(what: string, types: readonly TensorType[], differing: readonly number[], dataFormat: DataFormat): LayerProblem {
  const names = inWords(differing.map((axis) => axisNames((types[0] as TensorType).shape.length, dataFormat)[axis] as string));
  return {
    code: `shape/${what}-broadcast`,
    severity: 'warning',
    message: `inputs differ in ${names}, and the one of size 1 is silently repeated: ${types.map((type) => formatShape(type.shape)).join(' and ')}. If that is not meant, project it to the other’s size.`,
    mismatch: mismatch(types, differing, dataFormat),
  };
}

function comparison(a: Dim, b: Dim): Comparison {
  const quick = compareDims(a, b);
  if (quick !== 'unproven') return quick;
  const when = equalWhen(a, b);
  return when === 'always' ? 'equal' : when === 'never' ? 'different' : 'unproven';
}

/** `H is even and W is even`; undefined where it cannot be solved. */
function condition(types: readonly TensorType[], axes: readonly number[]): string | undefined {
  const words = new Set<string>();
  for (const axis of axes) {
    for (const type of types.slice(1)) {
      const when = equalWhen((types[0] as TensorType).shape[axis] as Dim, type.shape[axis] as Dim);
      if (when === undefined || when === 'never') return undefined;
      if (when !== 'always') words.add(setInWords(when));
    }
  }
  return inWords([...words]);
}

function rankProblem(what: string, types: readonly TensorType[]): LayerProblem {
  return {
    code: `shape/${what}-rank`,
    message: `inputs differ in their number of axes: ${types.map((type) => formatShape(type.shape)).join(' and ')}. Add or remove a flatten or globalAveragePooling2d on one of the paths.`,
    mismatch: { axes: [], rows: rowsOf(types), differing: [] },
  };
}

function sizeProblem(what: string, types: readonly TensorType[], differing: readonly number[], dataFormat: DataFormat): LayerProblem {
  const names = axisNames((types[0] as TensorType).shape.length, dataFormat);
  return {
    code: `shape/${what}-${classOf(types, differing, dataFormat)}`,
    message: `inputs differ in ${inWords(differing.map((axis) => names[axis] as string))}: ${types.map((type) => formatShape(type.shape)).join(' and ')}.`,
    mismatch: mismatch(types, differing, dataFormat),
  };
}

/** What codes of mismatches end in. The class decides which repairs fit: see docs/problems.md. */
export const MISMATCH_CLASSES = ['channels', 'stride', 'off-by-one', 'size'] as const;

function classOf(types: readonly TensorType[], differing: readonly number[], dataFormat: DataFormat): (typeof MISMATCH_CLASSES)[number] {
  const rank = (types[0] as TensorType).shape.length;
  const sizes = (axis: number) => types.map((type) => type.shape[axis]).filter((dim): dim is number => typeof dim === 'number');
  if (rank < 3) return 'size';
  const places = placeAxes(rank, dataFormat);
  const spatial = differing.filter((axis) => places.includes(axis));
  if (spatial.length === 0) return 'channels';
  const whole = spatial.every((axis) => Math.max(...sizes(axis)) % Math.min(...sizes(axis)) === 0);
  return whole ? 'stride' : 'off-by-one';
}

function mismatch(types: readonly TensorType[], differing: readonly number[], dataFormat: DataFormat): Mismatch {
  return {
    axes: axisNames((types[0] as TensorType).shape.length, dataFormat),
    rows: rowsOf(types),
    differing,
  };
}

function rowsOf(types: readonly TensorType[]): Mismatch['rows'] {
  return types.map((type, index) => ({
    port: `inputs.${index}`,
    shape: type.shape,
  }));
}
