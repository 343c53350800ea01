import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Program } from '../../shared/program/program';
import type { EngineName } from '../../shared/rpc/contract';
import type { TensorData, Weights } from '../../shared/weights/weights';

export type { TensorData };

/** Tensors by name. */
export type Tensors = Weights;

/** One step's worth of samples: network inputs and, for each output with an objective, its targets, by node name. */
export interface Batch {
  readonly inputs: Tensors;
  readonly targets: Tensors;
}

/** What changes from step to step. */
export interface StepSettings {
  readonly learningRate: number;
  /** The run's seed and the number of the step, both int32: the same pair draws the same random numbers. */
  readonly seed: readonly [number, number];
  /** Only adds its gradients up, for a step that several batches make together. */
  readonly accumulates?: boolean;
  /** Share of the past in the averages of the weights; 0 at the first step. Only where weights are averaged. */
  readonly averageMomentum?: number;
}

/** How one output did over a batch. */
export interface OutputResult {
  /** Mean over the batch, without the objective's weight. */
  readonly loss: number;
  /** How many predictions were right; null where there is no right and wrong. */
  readonly correct: number | null;
  /** Predictions that `correct` counts out of: samples, or samples times positions; those of masked steps are none. */
  readonly count: number;
  /** 1 for each step of a sequence that counts, 0 for the others, `[samples, steps]`; all count where it is left out. */
  readonly mask?: TensorData | undefined;
  /** What was predicted and what should have been, channels-last; where the program gives it. */
  readonly prediction?: TensorData | undefined;
  readonly truth?: TensorData | undefined;
}

export interface StepResult {
  /** Weighted sum of the outputs' losses: what the step descends. */
  readonly loss: number;
  readonly outputs: Readonly<Record<string, OutputResult>>;
}

/** A compiled network, its weights and its optimizer's state, inside an engine. */
export interface Session {
  /** Makes ready what the first step, or the first look at the layers, would, before there are weights: a plan of the program, in most engines. */
  prepare(program?: 'train' | 'activity'): Promise<void>;
  /** Sets weights and state; every one that `CompiledNetwork.variables` lists must be there, unless `optional` by its role. */
  initialize(weights: Tensors): Promise<void>;
  /** One optimizer step; the batch may be of any size. Where the loss is not finite no weight and no state has changed. */
  train(batch: Batch, settings: StepSettings): Promise<StepResult>;
  evaluate(batch: Batch): Promise<StepResult>;
  /** The network's outputs by node name. */
  predict(inputs: Tensors): Promise<Tensors>;
  /** What the program `inspect` looks at, under `activationKey(path, port)`: every output port of every node. */
  inspect(inputs: Tensors, seed?: StepSettings['seed']): Promise<Tensors>;
  /** What each layer gives in a training step with these inputs, under its path: magnitude, zeros, silent channels. Changes nothing. */
  activity(inputs: Tensors, seed: StepSettings['seed']): Promise<Tensors>;
  /** The loss's gradient by each trainable weight, under the weight's name. */
  gradients(batch: Batch): Promise<Tensors>;
  /** All weights and state, the optimizer's too, so that a run can be resumed. */
  read(): Promise<Tensors>;
  dispose(): void;
}

/** A network whose weights are constants: it can but predict. */
export interface Predictor {
  /** The network's outputs by node name. */
  predict(inputs: Tensors): Promise<Tensors>;
  dispose(): void;
}

/** Times programs inside an engine, without what it takes to bring tensors in and out. */
export interface Stopwatch {
  /** The least milliseconds of some runs of the program of that name; its variables are 0. */
  time(program: string, feeds: Tensors): Promise<number>;
  dispose(): void;
}

/** An engine that runs compiled networks. */
export interface Backend {
  /** Loads programs that are to be timed, each on its own. */
  stopwatch(programs: readonly Program[]): Promise<Stopwatch>;
  readonly name: EngineName;
  /** Of the library that computes. */
  readonly version: string;
  load(network: CompiledNetwork): Promise<Session>;
  /**
   * The network with these weights as constants: the engine then folds normalisations into convolutions and lays kernels out as it
   * likes them. Left out where it takes so long that nobody should wait for it.
   */
  readonly freeze?: (network: CompiledNetwork, weights: Tensors) => Promise<Predictor>;
}

/** An engine that also makes predictors. */
export type FreezingBackend = Backend & Required<Pick<Backend, 'freeze'>>;

export function freezes(backend: Backend): backend is FreezingBackend {
  return backend.freeze !== undefined;
}
