import type { Shape } from '../../graph/tensor';

/** Element types that an ONNX graph of ours holds; `int64` is ONNX's type for shapes and indices. */
export type OnnxType = 'float32' | 'int32' | 'int64' | 'bool' | 'uint32';

/** An attribute of an ONNX node: a number is an integer, a float is written `{ float: 0.5 }`. */
export type OnnxAttribute =
  number | string | readonly number[] | { readonly float: number } | { readonly floats: readonly number[] } | { readonly type: OnnxType };
export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

/** What the `onnx` facet of a primitive writes its nodes to. Values are names; opset 18 or newer. */
export interface OnnxGraph {
  /** Adds a node with one output and gives the output's name. An empty input name leaves an optional input out. */
  op(type: string, inputs: readonly string[], attributes?: OnnxAttributes): string;
  /** Adds a node with `outputCount` outputs and gives their names. */
  ops(type: string, inputs: readonly string[], attributes: OnnxAttributes, outputCount: number): readonly string[];
  /** A constant, one initializer for all equal ones: `constant([0, 2], [2], 'int64')`. */
  constant(data: ArrayLike<number>, shape: readonly number[], type: OnnxType): string;
  /** The sizes as a one-dimensional int64 tensor; unknown sizes such as the batch are taken from the program's inputs at run time. */
  shape(shape: Shape): string;
  /** A name that no other value has. */
  fresh(hint: string): string;
}
