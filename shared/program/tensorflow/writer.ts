import type { Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';

/** Element types that a TensorFlow graph of ours holds. */
export type TensorFlowType = 'float32' | 'int32' | 'int64' | 'bool';

/** An attribute of a node: a number is an integer, a float is written `{ float: 0.5 }`. */
export type TensorFlowAttribute =
  number | string | boolean | readonly number[] | { readonly float: number } | { readonly type: TensorFlowType };
export type TensorFlowAttributes = Readonly<Record<string, TensorFlowAttribute>>;

/** What the `tensorflow` facet of a primitive writes its nodes to. Values are names of tensors (`relu`, `split:1`). */
export interface TensorFlowGraph {
  /** Adds a node with one output and gives the output's name. */
  op(type: string, inputs: readonly string[], attributes?: TensorFlowAttributes): string;
  /** Adds a node and gives the names of its first `outputCount` outputs. */
  ops(type: string, inputs: readonly string[], attributes: TensorFlowAttributes, outputCount: number): readonly string[];
  /** A constant, one node for all equal ones. */
  constant(data: ArrayLike<number>, shape: readonly number[], type: TensorFlowType): string;
  /** The sizes as a one-dimensional int32 tensor; unknown sizes are taken from the program's inputs at run time. */
  shape(shape: Shape): string;
  /** One size as an int32 scalar. */
  size(dim: Dim): string;
  /** The resource of the variable whose value was read as `tensor`, for operations that change it in place. */
  resource(tensor: string): string;
  /**
   * Adds a node that changes variables in place and has no output. Gives a name that stands for the new value; it may be
   * used in `updates` only.
   */
  inPlace(type: string, inputs: readonly string[], attributes: TensorFlowAttributes): string;
  /** Keeps what a later primitive can use of this one, under one of its outputs (the reserve space of batch norm). */
  remember(tensor: string, names: readonly string[]): void;
  recall(tensor: string): readonly string[] | undefined;
}
