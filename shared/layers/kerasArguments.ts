import type { AnyLayer } from './define';
import { paramFields } from './paramFields';
import { snakeCase } from './snakeCase';

/** Why arguments that many of Keras's layers have are no parameters here. */
const COMMON: Readonly<Record<string, string>> = {
  name: 'Names are those of the drawing.',
  trainable: 'Every weight is trained.',
  dtype: 'Numbers are float32, tokens int32; an input says which.',
  data_format: 'A network has one data format for all its layers.',
  axis: 'The channels, wherever the data format has them. A permute before it takes another axis.',
  activation: 'An activation is a layer of its own, wired behind.',
  activity_regularizer: 'An activityRegularization layer behind it does the same.',
  seed: 'A run has one seed, from which every layer draws numbers of its own.',
  weights: 'Weights are loaded for the whole network.',
  lora_rank: 'Low-rank adapters are not there.',
  lora_alpha: 'Low-rank adapters are not there.',
  quantization_config: 'Quantised weights are not there.',
  return_state: 'The last output is the state; an LSTM’s memory is not given out.',
  stateful: 'Each batch starts from a state of 0.',
  unroll: 'It is always unrolled.',
  use_cudnn: 'Engines choose their kernels themselves.',
};
const CONSTRAINT = 'Constraints of weights are not there; a regularizer or the optimizer’s weight decay keeps them small.';

/** The arguments of Keras 3's layers, by class. */
export type KerasSignatures = Readonly<Record<string, readonly string[]>>;

/** An argument of Keras that is no parameter of our layer, and why; undefined where nobody has said it. */
export interface LeftOut {
  readonly argument: string;
  readonly why: string | undefined;
}

/** What Keras's layer of the same name has beyond our parameters; nothing where Keras has no such layer. */
export function keptByKeras(layer: AnyLayer, signatures: KerasSignatures): readonly LeftOut[] {
  const own = new Set(paramFields(layer).map(({ name }) => snakeCase(name)));
  return (signatures[layer.title] ?? [])
    .filter((argument) => !own.has(argument))
    .map((argument) => ({
      argument,
      why: layer.docs.kerasOthers?.[argument] ?? (argument.endsWith('_constraint') ? CONSTRAINT : COMMON[argument]),
    }));
}
