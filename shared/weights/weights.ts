import type { DType } from '../graph/tensor';

/** A tensor's numbers, row by row. Labels and tokens are int32, masks bool (0 and 1 in a Uint8Array). */
export interface TensorData {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** Weights and state of a network by name: `stage2/block1/conv2a/kernel`. */
export type Weights = Readonly<Record<string, TensorData>>;
