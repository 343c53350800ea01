import type * as z from 'zod';
import type { PortSpec } from '../graph/graph';
import type { LayerProblem } from '../graph/problem';
import type { Result } from '../graph/result';
import type { DataFormat, DType, Shape, TensorType } from '../graph/tensor';
import type { Dim } from '../graph/dim';
import type { Builder, Value } from '../program/builder';
import type { Initializer } from '../program/initializer';
import type { Constraint } from '../program/constraint';
import type { Regularizer } from '../program/regularizer';
import type { MaskUse } from './_masks';

/** Shown in the palette and coloured by it; the order is the palette's. */
export const CATEGORIES = [
  'inputOutput',
  'core',
  'convolution',
  'resampling',
  'pooling',
  'normalization',
  'activation',
  'regularization',
  'merge',
  'residual',
  'attention',
  'preprocessing',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** What holds for the whole network while one layer is looked at. */
export interface LayerContext {
  readonly dataFormat: DataFormat;
}

/** What a layer may ask while it becomes primitives. */
export interface LowerContext extends LayerContext {
  /** Batch norm, dropout and augmentation differ between training and inference. */
  readonly training: boolean;
  /** Types of the inputs and outputs in the network's own data format (values are channels-last). */
  readonly inputTypes: Readonly<Record<string, TensorType | readonly TensorType[]>>;
  readonly outputTypes: Readonly<Record<string, TensorType>>;
  /** Which steps of the sequence at a port count, 1 or 0 as float32 `[batch, steps]`; left out where all do. */
  readonly masks: Readonly<Record<string, Value>>;
}

/** A weight or state of a layer; the parameter count is the sum over the trainable and untrainable ones. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
  /** What its numbers add to the loss; nothing where left out. */
  readonly regularizer?: Regularizer;
  /** What it must keep to after each step; nothing where left out. */
  readonly constraint?: Constraint;
  /** Moving statistics are state, not trained. */
  readonly trainable: boolean;
}

/** How Keras (and from it tfjs-layers) has this layer: class and config, in snake_case as Keras writes it. */
export interface KerasLayer {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Our weight names in the order in which Keras lists them; all of them, in order, where left out. */
  readonly weights?: readonly string[];
  /** Keras's names of our weights where they are not ours in snake_case: `forward_lstm/kernel`. */
  readonly weightNames?: Readonly<Record<string, string>>;
  /** How it is called, where not with its inputs alone: those in a list or each as an argument of its own, and further arguments. */
  readonly call?: { readonly inputs: 'list' | 'each'; readonly arguments: Readonly<Record<string, unknown>> };
  /** What computes the same in inference in TensorFlow.js, which does not know it. */
  readonly inTfjs?: { readonly className: string; readonly config: Readonly<Record<string, unknown>> };
  /** Why TensorFlow.js, which has fewer layers and parameters than Keras, cannot do it; left out where it can. */
  readonly notInTfjs?: string;
}

/**
 * One Keras layer, or a small graph of them for a layer that Keras does not have (shortcut, preActivation):
 * each part reads named inputs (`x`, `x.0`, or an earlier part's name) and the outputs name the parts that give them.
 */
export type KerasRecord = KerasLayer | { readonly parts: readonly KerasPart[]; readonly outputs: Readonly<Record<string, string>> };

export interface KerasPart extends KerasLayer {
  readonly name: string;
  readonly inputs: readonly string[];
}

/**
 * How PyTorch has this layer: a module made in `__init__`, and an expression of the inputs (by port; a list for a variadic
 * one) in `forward`, a tuple where there are several outputs. Without `forward` it is `self.layer(x)`.
 *
 * Values of rank 4 and more are channels-first there, whatever the network's data format: PyTorch's kernels want it.
 * Types that the facet is given are in the network's own format.
 */
export interface TorchRecord {
  readonly init?: string;
  readonly forward?: string;
  /** All tensors of the module that are ours, by their name in its state: `weight`, `0.running_mean`. Others are zero. */
  readonly weights?: Readonly<Record<string, TorchWeight>>;
}

/** A tensor of PyTorch made of one of our weights: its axes in another order, then reshaped; several joined along the first axis. */
export interface TorchWeight {
  readonly from: string | readonly string[];
  /** Only this row of it, where it has one for each of several tensors. */
  readonly row?: number;
  readonly axes?: readonly number[];
  /** Equal parts along the first axis of what that gives, in another order: gates. */
  readonly blocks?: readonly number[];
  readonly shape?: readonly number[];
}

export interface Unsupported {
  readonly unsupported: string;
}

/** Says why a target has no such layer; shown on export. */
export function unsupported(reason: string): Unsupported {
  return { unsupported: reason };
}

export interface LayerExample {
  readonly params?: Readonly<Record<string, unknown>>;
  /** Sizes without the batch are known numbers; `'batch'` is the batch. A list for a variadic port. */
  readonly inputs: Readonly<Record<string, ExampleShape | readonly ExampleShape[]>>;
  readonly outputs: Readonly<Record<string, ExampleShape>>;
  /** Element types of the ports that are not float32; whole numbers are 0, 1 or 2 in the checks. */
  readonly dtypes?: Readonly<Record<string, DType>>;
  readonly dataFormat?: DataFormat;
}
export type ExampleShape = readonly ['batch', ...number[]];

type PortTypes<P extends readonly PortSpec[], Plain, Variadic> = {
  readonly [K in P[number] as K['name']]: K extends { readonly variadic: object } ? Variadic : Plain;
};
export type InputTypes<I extends readonly PortSpec[]> = PortTypes<I, TensorType, readonly TensorType[]>;
export type InputValues<I extends readonly PortSpec[]> = PortTypes<I, Value, readonly Value[]>;
export type OutputTypes<O extends readonly PortSpec[]> = PortTypes<O, TensorType, TensorType>;
export type OutputValues<O extends readonly PortSpec[]> = PortTypes<O, Value, Value>;

/**
 * Which part of its inputs one position of an output depends on: the same position; all of them; a window; or nothing that can be said.
 * Positions lie along the axes between batch and channels. Statistics that a norm takes over an image are not counted, as is usual
 * for receptive fields.
 */
export type LayerReach = 'pointwise' | 'global' | 'unknown' | WindowReach;

/**
 * Position o of the output sees the positions ⌈(o · strides − before) / enlarge⌉ to ⌊(o · strides − before + size − 1) / enlarge⌋ of
 * the input, along each axis. `enlarge` is 1 where left out; of a transposed convolution it is what that calls its strides.
 */
export interface WindowReach {
  /** With the holes of a dilation. */
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly before: readonly number[];
  readonly enlarge?: readonly number[];
  /** The padding depends on a size that is not known: `before` is that of an image that the strides divide. */
  readonly floats?: boolean;
}

/** Everything that is to know of a layer, in one place. See docs/architecture.md, "A layer is one file". */
export interface LayerDefinition<
  P extends z.ZodType = z.ZodType,
  I extends readonly PortSpec[] = readonly PortSpec[],
  O extends readonly PortSpec[] = readonly PortSpec[],
> {
  /** Key in documents; never changes after a release. */
  readonly type: string;
  /** Of the parameters; rises with each migration. */
  readonly version: number;
  readonly title: string;
  readonly category: Category;
  /** Name of a Lucide icon, kebab-case. */
  readonly icon: string;
  /** Other words under which people search it. */
  readonly keywords?: readonly string[];
  readonly docs: {
    readonly summary: string;
    readonly details?: string;
    readonly formula?: string;
    readonly url?: string;
    readonly torchName?: string;
    /**
     * The calls that make it in PyTorch, with the arguments in PyTorch's order and PyTorch's defaults. Code that is pasted is
     * read by them; an argument belongs to the parameter that names it as its `torch`.
     */
    readonly torchCalls?: readonly string[];
    /** The same for Keras, where its arguments are not simply the parameters in their order. */
    readonly kerasCalls?: readonly string[];
    /** Arguments of Keras's layer that are no parameters here: where else they are, or why they are not there. */
    readonly kerasOthers?: Readonly<Record<string, string>>;
    /** Why parameters begin with something else than Keras's arguments of the same name, or with the same in other words. */
    readonly kerasDefaults?: Readonly<Record<string, string>>;
  };
  readonly params: P;
  /** Element types of its inputs: numbers, tokens, or any, then all of one type. */
  readonly takes: DType | 'any';
  readonly inputs: I;
  readonly outputs: O;
  /** Output types from input types, all inputs known. Never throws. */
  infer(inputs: InputTypes<I>, params: z.output<P>, context: LayerContext): Result<OutputTypes<O>, LayerProblem>;
  /** What is not wrong but likely meant otherwise, or true for some input sizes only. */
  warnings(inputs: InputTypes<I>, params: z.output<P>, context: LayerContext): readonly LayerProblem[];
  weights(inputs: InputTypes<I>, params: z.output<P>, context: LayerContext): readonly WeightSpec[];
  /** The states that are set to mean and variance of each channel of the training data before the first step. */
  readonly adapts?: { readonly mean: string; readonly variance: string };
  /** Multiply-accumulate operations of one sample. */
  macs(inputs: InputTypes<I>, outputs: OutputTypes<O>, params: z.output<P>, context: LayerContext): Dim;
  /** How far each position of one of its outputs looks; all inputs known. */
  reach(inputs: InputTypes<I>, params: z.output<P>, context: LayerContext, output: O[number]['name']): LayerReach;
  /** Which of the values outside it its gradient needs; they stay in memory from the forward step to the backward one. */
  readonly saves: 'inputs' | 'outputs' | 'all' | 'nothing';
  /** What becomes of its inputs' masks. */
  masks(params: z.output<P>): MaskUse;
  /** The mask that a layer makes, `[batch, steps]`; there for those that make one. */
  makeMask?(builder: Builder, inputs: InputValues<I>, params: z.output<P>): Value;
  /** The line of key parameters on the node: `3×3 · 128 · /2`. */
  summary(params: z.output<P>): string;
  /**
   * Becomes primitives. Values of rank 4 are channels-last whatever the network's data format; weights by name.
   * @see Builder for the primitives
   */
  lower(
    builder: Builder,
    inputs: InputValues<I>,
    weights: Readonly<Record<string, Value>>,
    params: z.output<P>,
    context: LowerContext,
  ): OutputValues<O>;
  keras(params: z.output<P>, inputs: InputTypes<I>, context: LayerContext): KerasRecord | Unsupported;
  torch(params: z.output<P>, inputs: InputTypes<I>, context: LayerContext): TorchRecord | Unsupported;
  readonly examples: readonly LayerExample[];
  /** Parameters of version k − 1 → k, under key k. Never edited after a release. */
  readonly migrations: Readonly<Record<number, LayerMigration>>;
}

export interface LayerMigration {
  /** A verb: `addDilationRate`. */
  readonly name: string;
  up(params: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

/** A layer of which only the registry knows the exact parameter type. */
export type AnyLayer = LayerDefinition<z.ZodType<Record<string, unknown>>>;

type Optional = 'takes' | 'warnings' | 'weights' | 'macs' | 'reach' | 'saves' | 'masks' | 'summary' | 'migrations';
type Defaults<P extends z.ZodType, I extends readonly PortSpec[], O extends readonly PortSpec[]> = Pick<LayerDefinition<P, I, O>, Optional>;

/** Checks a layer's definition at compile time and fills in what most layers leave out (no weights, no MACs, each position by itself, inputs saved). */
export function defineLayer<P extends z.ZodType, const I extends readonly PortSpec[], const O extends readonly PortSpec[]>(
  layer: Omit<LayerDefinition<P, I, O>, Optional> & Partial<Defaults<P, I, O>>,
): LayerDefinition<P, I, O> {
  return {
    takes: 'float32',
    warnings: () => [],
    weights: () => [],
    macs: () => 0,
    reach: () => 'pointwise',
    saves: 'inputs',
    masks: () => 'loses',
    summary: () => '',
    migrations: {},
    ...layer,
  };
}

/** The single output port of most layers. */
export const Y = [{ name: 'y' }] as const;
/** The single input port of most layers. */
export const X = [{ name: 'x' }] as const;

/** The shape with the size along `axis` replaced. */
export function withAxis(shape: Shape, axis: number, size: Dim): Shape {
  return shape.map((dim, index) => (index === axis ? size : dim));
}
