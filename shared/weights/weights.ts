/** A tensor's numbers, row by row. `bool` is one byte an element. */
export type TensorData =
  | { readonly dtype: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: 'int32'; readonly shape: readonly number[]; readonly data: Int32Array }
  | { readonly dtype: 'bool'; readonly shape: readonly number[]; readonly data: Uint8Array };

/** Weights and state of a network by name: `stage2/block1/conv2a/kernel`. */
export type Weights = Readonly<Record<string, TensorData>>;

export function float32Data(shape: readonly number[], data: Float32Array): TensorData {
  return { dtype: 'float32', shape, data };
}
