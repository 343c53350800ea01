import type { Dim } from '../../graph/dim';
import type { LayerProblem } from '../../graph/problem';
import { equalWhen, setInWords } from '../../graph/solve';
import { axisNames, formatShape, type DataFormat, type TensorType } from '../../graph/tensor';

/** One of two inputs that must be equally large, each along an axis of its own. */
export interface Side {
  readonly port: string;
  readonly type: TensorType;
  readonly axis: number;
}

/** Codes of inputs that differ and of those that differ sometimes; `what` must agree: `the axes that are summed over`. */
interface Words {
  readonly differ: string;
  readonly unproven: string;
  readonly what: string;
}

/** Why two inputs do not agree along their axes, or agree only for some input sizes, which is a warning; undefined where they do. */
export function alongProblem({ differ, unproven, what }: Words, a: Side, b: Side, dataFormat: DataFormat): LayerProblem | undefined {
  const when = equalWhen(sizeOf(a), sizeOf(b));
  if (when === 'always') return undefined;
  const shapes = `${formatShape(a.type.shape)} and ${formatShape(b.type.shape)}`;
  const rank = Math.max(a.type.shape.length, b.type.shape.length);
  const longest = rank === a.type.shape.length ? a : b;
  const mismatch = {
    axes: axisNames(rank, dataFormat),
    rows: [a, b].map(({ port, type, axis }) => ({ port, shape: type.shape, axes: [axis] })),
    differing: [longest.axis],
  };
  if (when === 'never') return { code: differ, message: `inputs differ in ${what}: ${shapes}.`, mismatch };
  return {
    code: unproven,
    severity: 'warning',
    message: `inputs agree in ${what} only ${when ? `where ${setInWords(when)}` : 'for some input sizes'}: ${shapes}.`,
    mismatch,
  };
}

function sizeOf({ type, axis }: Side): Dim {
  return type.shape[axis] as Dim;
}
