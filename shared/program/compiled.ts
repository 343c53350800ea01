import type { Preprocessing } from '../data/preprocessing';
import type { NamedType, Program, VariableSpec } from './program';

/** The programs of one network; they share its variables. */
export interface NetworkPrograms {
  /**
   * One step. Inputs `input/<name>`, `target/<output>`, `learningRate` (a scalar) and, where something is random, `seed`.
   * Outputs `loss` (the weighted sum of the means, and what regularizers add), `loss/<output>` (mean over the
   * batch), where there is right and wrong `correct/<output>` (a count), where steps are masked `mask/<output>` (1 for those that count,
   * `[batch, steps]`), and where metrics are asked for `prediction/<output>` and, where targets are numbers, `truth/<output>` (both
   * channels-last; of classes the index).
   * Undefined where nothing can be trained.
   */
  readonly train: Program | undefined;
  /** The same, but it only adds the gradients up. Undefined where every batch makes a step. */
  readonly accumulate: Program | undefined;
  /** Moves the averages of the weights and constrains those, after each batch. Input `momentum`. Undefined where weights are not averaged. */
  readonly average: Program | undefined;
  /** The same outputs in inference, with `prediction/<output>`, without a step. Undefined where no output has an objective. */
  readonly evaluate: Program | undefined;
  /** Outputs `output/<name>`. */
  readonly predict: Program;
  /** Outputs `activation/<activationKey>`, in inference. Undefined in a network that is to train and in which nobody wants to look. */
  readonly inspect: Program | undefined;
  /**
   * What layers give in a training step, without a step: `activity/<path>` holds three numbers of a layer's first float32 output
   * over the batch: the root of the mean square, the share of exact zeros, and the share of channels (the last axis inside) that
   * are zero everywhere. Layers that give one number a sample, or none that is a float32, have none. Undefined where nothing is trained.
   */
  readonly activity: Program | undefined;
  /** `loss` and `gradient/<weight>` of each trainable weight, computed as in training but without a step; only where it was asked for. */
  readonly gradients: Program | undefined;
}

/** An input of the network, and how images are brought to it. */
export interface NetworkInput extends NamedType {
  /** Left out where images come as they are. */
  readonly preprocessing?: Preprocessing;
}

/** An output of the network. Where it does not end in softmax it is trained as logits and is not probabilities. */
export interface NetworkOutput extends NamedType {
  readonly isProbabilities: boolean;
}

/** A target that an output is held against. */
export interface TargetType extends NamedType {
  /** Class indices below `classes`, or numbers of the output's shape. */
  readonly form: 'classes' | 'values';
  /** Size of the output's axis of classes, or channels. */
  readonly classes: number;
  /** What makes a prediction right: its largest number, the side of a half of each, or there is no right and wrong. */
  readonly accuracy: 'class' | 'binary' | null;
}

/** States that are set to the statistics of what a layer reads, before the first step. */
export interface Adaptation {
  /** The input of the network that the layer reads; null where it is inside of the network. */
  readonly input: string | null;
  /** What the layer reads, among the outputs of `inspect`. */
  readonly activation: string;
  readonly channelAxis: number;
  /** Names of the states. */
  readonly mean: string;
  readonly variance: string;
}

/** All that an engine needs of a network. Types are in the network's own data format. */
export interface CompiledNetwork {
  readonly inputs: readonly NetworkInput[];
  readonly outputs: readonly NetworkOutput[];
  /** By the name of the output: class indices, int32, of the output's shape without its classes; or float32 of its shape. */
  readonly targets: readonly TargetType[];
  /** Weights, states and the optimizer's slots, in the order of the network. */
  readonly variables: readonly VariableSpec[];
  readonly adaptations: readonly Adaptation[];
  readonly programs: NetworkPrograms;
}

/** Name of an output port of a node among the outputs of `inspect`: `stage1/conv1:y`. */
export function activationKey(path: string, port: string): string {
  return `${path}:${port}`;
}

/** Takes `input/`, `target/`, `output/`, … off a program's name; undefined where it has another prefix. */
export function withoutPrefix(prefix: string, name: string): string | undefined {
  return name.startsWith(`${prefix}/`) ? name.slice(prefix.length + 1) : undefined;
}
