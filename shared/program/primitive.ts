import type { TensorType } from '../graph/tensor';
import type { GradientBuilder, Value } from './builder';
import type { OnnxGraph } from './onnx/writer';
import type { TensorFlowGraph } from './tensorflow/writer';

/** Names of a primitive's inputs or outputs: a tuple, or {@link VARIADIC} for a list of any length. */
export type Ports = readonly string[];
export const VARIADIC: Ports = [];
export type Each<P extends Ports, T> = { readonly [K in keyof P]: T };

/** What stands in for the attributes of a primitive that has none. */
export type NoAttributes = Readonly<Record<never, never>>;

/** Operands, results and attributes of one use of a primitive. */
interface Use<I extends Ports = Ports, O extends Ports = Ports, A extends object = object> {
  readonly inputs: Each<I, Value>;
  readonly outputs: Each<O, Value>;
  readonly attributes: A;
}

/** Types of the operands and results, for a lowering that depends on them. */
interface UseTypes<I extends Ports = Ports, O extends Ports = Ports> {
  readonly inputs: Each<I, TensorType>;
  readonly outputs: Each<O, TensorType>;
}

/** What an engine's lowering gives: the name of each result; the bare name where there is one. */
type Lowered = string | readonly string[];

/** One gradient per input; undefined where none flows. */
export type InputGradients<I extends Ports> = Each<I, Value | undefined>;
/** The only output's gradient is always there; of several, those that are used. */
type OutputGradients<O extends Ports> = O extends readonly [string] ? readonly [Value] : Each<O, Value | undefined>;

/** Appends the primitives that compute the inputs' gradients. (A method's type, so that rules of any attributes fit one table.) */
type GradientRule<I extends Ports, O extends Ports, A extends object> = {
  rule(builder: GradientBuilder, use: Use<I, O, A>, outputGradients: OutputGradients<O>): InputGradients<I>;
}['rule'];

/** All that is known of a primitive but its name. */
export interface PrimitiveFacets<I extends Ports, O extends Ports, A extends object> {
  readonly inputs: I;
  readonly outputs: O;
  /** Types of the results. Throws `ProgramError` where the operands do not fit. */
  infer(inputs: Each<I, TensorType>, attributes: A): Each<O, TensorType>;
  /**
   * `'constant'`: the results do not change smoothly with the inputs, no gradient flows.
   * Left out: not differentiable, asking for it throws.
   */
  readonly gradient?: GradientRule<I, O, A> | 'constant';
  /** TensorFlow nodes; only operations that TensorFlow 2.7 already had. */
  tensorflow(graph: TensorFlowGraph, inputs: Each<I, string>, attributes: A, types: UseTypes<I, O>): Lowered;
  /** ONNX nodes, opset 18 or newer. */
  onnx(graph: OnnxGraph, inputs: Each<I, string>, attributes: A, types: UseTypes<I, O>): Lowered;
}

/** A typed operation of a program with all that is known of it in one place. */
export interface Primitive<I extends Ports = Ports, O extends Ports = Ports, A extends object = object> extends PrimitiveFacets<I, O, A> {
  readonly name: string;
}

/** Makes a primitive, its ports and attributes checked against each other at compile time. */
export function definePrimitive<const I extends Ports, const O extends Ports, A extends object = NoAttributes>(
  name: string,
  facets: PrimitiveFacets<I, O, A>,
): Primitive<I, O, A> {
  return { name, ...facets };
}
