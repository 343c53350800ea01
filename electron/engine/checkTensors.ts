import { formatDim, isKnown, type Dim } from '../../shared/graph/dim';
import { formatShape, type DType } from '../../shared/graph/tensor';
import type { NamedType } from '../../shared/program/program';
import type { TargetType } from '../../shared/program/compiled';
import type { TensorData, Tensors } from './backend';

/** Something fed to an engine has not the type that the network takes. */
export class TensorMismatch extends Error {
  override readonly name = 'TensorMismatch';
}

const arrays = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const satisfies Readonly<Record<DType, unknown>>;

/**
 * Checks that exactly the expected tensors are there, each with its element type and shape, and that unknown sizes
 * (the batch) are the same in all of them. Engines do not: TensorFlow takes a `[2,1]` for a `[3,1]` in silence.
 */
export function checkTensors(what: string, given: Tensors, expected: readonly NamedType[], sizes = new Map<string, number>()): void {
  const unexpected = Object.keys(given).find((name) => !expected.some((type) => type.name === name));
  if (unexpected !== undefined) {
    throw new TensorMismatch(
      `${what}: received "${unexpected}", expected ${expected.map(({ name }) => `"${name}"`).join(', ') || 'nothing'}.`,
    );
  }
  for (const { name, type } of expected) {
    const tensor = Object.hasOwn(given, name) ? given[name] : undefined;
    if (!tensor)
      throw new TensorMismatch(`${what}: "${name}" is missing, expected ${type.dtype} ${formatShape(type.shape, { batch: true })}.`);
    checkData(`${what} "${name}"`, tensor);
    const fits =
      tensor.dtype === type.dtype &&
      tensor.shape.length === type.shape.length &&
      tensor.shape.every((size, axis) => binds(type.shape[axis] as Dim, size, sizes));
    if (!fits) {
      const received = `${tensor.dtype} ${formatShape(tensor.shape, { batch: true })}`;
      throw new TensorMismatch(
        `${what} "${name}": received ${received}, expected ${type.dtype} ${formatShape(type.shape, { batch: true })}${boundText(sizes)}.`,
      );
    }
  }
}

/** Checks targets like {@link checkTensors}, and that each index is that of a class. */
export function checkTargets(given: Tensors, expected: readonly TargetType[], sizes: Map<string, number>): void {
  checkTensors('Target', given, expected, sizes);
  for (const { name, classes, form } of expected) {
    if (form === 'values') continue;
    const wrong = (given[name] as TensorData).data.find((index) => index < 0 || index >= classes);
    if (wrong !== undefined) throw new TensorMismatch(`Target "${name}": received class ${wrong}, expected 0 … ${classes - 1}.`);
  }
}

function checkData(what: string, { dtype, shape, data }: TensorData): void {
  const count = shape.reduce((product, size) => product * size, 1);
  if (!(data instanceof arrays[dtype])) throw new TensorMismatch(`${what}: its data is no ${arrays[dtype].name} for ${dtype}.`);
  if (count === 0) throw new TensorMismatch(`${what}: is empty, expected at least one sample.`);
  if (data.length !== count) throw new TensorMismatch(`${what}: received ${data.length} elements, expected ${count}.`);
}

/** Whether a size fits; the first tensor that has an unknown size settles it for the others. */
function binds(dim: Dim, size: number, sizes: Map<string, number>): boolean {
  if (isKnown(dim)) return dim === size;
  const key = formatDim(dim);
  const known = sizes.get(key);
  if (known === undefined) sizes.set(key, size);
  return known === undefined || known === size;
}

function boundText(sizes: ReadonlyMap<string, number>): string {
  return sizes.size === 0 ? '' : ` with ${[...sizes].map(([name, size]) => `${name} = ${size}`).join(', ')}`;
}
