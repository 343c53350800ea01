import { compareDims, type Dim } from '../../graph/dim';
import type { LayerProblem, Mismatch } from '../../graph/problem';
import { axisNames, imageAxes, type DataFormat, type TensorType } from '../../graph/tensor';
import { formatShape } from '../../graph/tensor';
import { inWords } from '../../graph/words';

/** The variadic port of a merge. */
export const INPUTS = [{ name: 'inputs', variadic: { min: 2 } }] as const;

/** Why the inputs of an element-wise merge do not agree; undefined where they do. Axes in `free` may differ (concatenate's). */
export function mismatchOf(what: string, types: readonly TensorType[], dataFormat: DataFormat, free?: number): LayerProblem | undefined {
  const first = types[0] as TensorType;
  const ranks = new Set(types.map((type) => type.shape.length));
  if (ranks.size > 1) return rankProblem(what, types);
  const differing = axesWhere(types, free, 'different');
  if (differing.length > 0) return sizeProblem(what, types, differing, dataFormat);
  const unproven = axesWhere(types, free, 'unproven');
  if (unproven.length === 0) return undefined;
  const names = inWords(unproven.map((axis) => axisNames(first.shape.length, dataFormat)[axis] as string));
  return {
    code: `shape/${what}-unproven`,
    severity: 'warning',
    message: `inputs agree in ${names} only for some input sizes: ${types.map((type) => formatShape(type.shape)).join(' and ')}. Give the input a fixed size, or make the paddings of both paths agree.`,
    mismatch: mismatch(types, unproven, dataFormat),
  };
}

function axesWhere(types: readonly TensorType[], free: number | undefined, wanted: 'different' | 'unproven'): number[] {
  const first = types[0] as TensorType;
  return first.shape.flatMap((dim, axis) => {
    if (axis === free) return [];
    const found = types.some((type) => compareDims(dim, type.shape[axis] as Dim) === wanted);
    return found ? [axis] : [];
  });
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

/** The class of a mismatch decides which repairs fit: see docs/architecture.md. */
function classOf(types: readonly TensorType[], differing: readonly number[], dataFormat: DataFormat): string {
  const rank = (types[0] as TensorType).shape.length;
  const sizes = (axis: number) => types.map((type) => type.shape[axis]).filter((dim): dim is number => typeof dim === 'number');
  if (differing.every((axis) => Math.min(...sizes(axis)) === 1)) return 'broadcast';
  if (rank !== 4) return 'size';
  const { height, width } = imageAxes(dataFormat);
  const spatial = differing.filter((axis) => axis === height || axis === width);
  if (spatial.length === 0) return 'channels';
  const whole = spatial.every((axis) => Math.max(...sizes(axis)) % Math.min(...sizes(axis)) === 0);
  return whole ? 'stride' : 'off-by-one';
}

function mismatch(types: readonly TensorType[], differing: readonly number[], dataFormat: DataFormat): Mismatch {
  return { axes: axisNames((types[0] as TensorType).shape.length, dataFormat), rows: rowsOf(types), differing };
}

function rowsOf(types: readonly TensorType[]): Mismatch['rows'] {
  return types.map((type, index) => ({ port: `inputs.${index}`, shape: type.shape }));
}
