/** Numbers in row-major order, all of them float64: the reference is more exact than what it checks. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function array(shape: readonly number[], data: ArrayLike<number>): NumberArray {
  return { shape, data: Float64Array.from(data) };
}

/** An array of the given shape, each element from its indices. */
export function filled(shape: readonly number[], element: (index: readonly number[]) => number): NumberArray {
  const data = new Float64Array(sizeOf(shape));
  const index = shape.map(() => 0);
  for (let offset = 0; offset < data.length; offset++) {
    data[offset] = element(index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
    }
  }
  return { shape, data };
}

/** Position of an element; axes of size 1 are broadcast, missing leading axes left out. */
export function offsetOf(shape: readonly number[], index: readonly number[]): number {
  const extra = index.length - shape.length;
  let offset = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    const size = shape[axis] as number;
    offset = offset * size + (size === 1 ? 0 : (index[axis + extra] as number));
  }
  return offset;
}

export function at({ shape, data }: NumberArray, index: readonly number[]): number {
  return data[offsetOf(shape, index)] as number;
}

/** Adds to one element: for what scatters. */
export function addAt({ shape, data }: NumberArray, index: readonly number[], value: number): void {
  const offset = offsetOf(shape, index);
  data[offset] = (data[offset] as number) + value;
}

export function zeros(shape: readonly number[]): NumberArray {
  return { shape, data: new Float64Array(sizeOf(shape)) };
}

/** Calls back with every index of a shape, in row-major order. The index is reused: copy it to keep it. */
export function forEachIndex(shape: readonly number[], visit: (index: readonly number[]) => void): void {
  filled(shape, (index) => {
    visit(index);
    return 0;
  });
}
