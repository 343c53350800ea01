import type { Dim } from '../../graph/dim';
import type { Shape } from '../../graph/tensor';

/** Element types that an ONNX graph of ours holds; `int64` is ONNX's type for shapes and indices. */
export type OnnxType = 'float32' | 'int32' | 'int64' | 'bool';

/** An attribute of an ONNX node: a number is an integer, a float is written `{ float: 0.5 }`. */
export type OnnxAttribute =
  number | string | readonly number[] | { readonly float: number } | { readonly type: OnnxType } | { readonly body: OnnxBody };
export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

/** A graph of float32 inside of a node, run at each step. It sees the values of the graph around it; its own have names that are none of theirs. */
export interface OnnxBody {
  readonly inputs: readonly string[];
  readonly nodes: readonly {
    readonly type: string;
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    readonly attributes: OnnxAttributes;
  }[];
  readonly outputs: readonly string[];
}

/** Axis i of the permuted value is axis `permutation[i]` of the value. */
export type Permutation = readonly number[];

/** What the runtime that a graph is written for does otherwise than all others. */
export interface OnnxRuntime {
  /** Channels of a block in which it convolves images fastest (see blocked.ts); undefined where it has no such form. */
  readonly imageBlock?: number | undefined;
  /** It has no `BatchNormalization` that takes its moments from the batch. */
  readonly lacksBatchMoments?: boolean;
  /** Its `ConvTranspose` gives wrong numbers where several channels of a group make one. */
  readonly lacksGroupSums?: boolean;
  /** The most outputs that one of its operators can have; left out: any number. */
  readonly mostOutputs?: number;
}

/**
 * What the `onnx` facet of a primitive writes its nodes to; opset 18 or newer. Values are names.
 *
 * A program's images are channels-last, ONNX's channels-first. A value may therefore be there in a permuted form only;
 * the plain one is computed when, and only when, something asks for it, so that a chain of image operations holds no
 * transposition at all.
 */
export interface OnnxGraph {
  readonly runtime: OnnxRuntime;
  /** Adds a node with one output and gives its name; one node for all equal ones. An empty input name leaves an optional input out. */
  op(type: string, inputs: readonly string[], attributes?: OnnxAttributes): string;
  /** Adds a node with `outputCount` outputs and gives their names. */
  ops(type: string, inputs: readonly string[], attributes: OnnxAttributes, outputCount: number): readonly string[];
  /** A constant, one initializer for all equal ones: `constant([0, 2], [2], 'int64')`. */
  constant(data: ArrayLike<number>, shape: readonly number[], type: OnnxType): string;
  /** The sizes as a one-dimensional int64 tensor; unknown sizes are taken from the program's inputs at run time. */
  shape(shape: Shape): string;
  /** One size as an int64 scalar. */
  size(dim: Dim): string;
  /** The value with its axes permuted, computed once. */
  permuted(value: string, permutation: Permutation): string;
  /** A value of which `permuted` is the permuted form. Costs nothing until the plain one is asked for. */
  fromPermuted(permuted: string, permutation: Permutation): string;
  /** The permutation of the form in which a value is there, where it is not the plain one. */
  formOf(value: string): Permutation | undefined;
}
