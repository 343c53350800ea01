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

/** The arguments of Keras 3's layers, by class, each with its default where it has one. */
export type KerasSignatures = Readonly<Record<string, Readonly<Record<string, { readonly default?: unknown }>>>>;

/** An argument of Keras that is no parameter of our layer, and why; undefined where nobody has said it. */
export interface LeftOut {
  readonly argument: string;
  readonly why: string | undefined;
}

/** What Keras's layer of the same name has beyond our parameters; nothing where Keras has no such layer. */
export function keptByKeras(layer: AnyLayer, signatures: KerasSignatures): readonly LeftOut[] {
  const own = new Set(paramFields(layer).map(({ name }) => snakeCase(name)));
  return Object.keys(signatures[layer.title] ?? {})
    .filter((argument) => !own.has(argument))
    .map((argument) => ({
      argument,
      why: layer.docs.kerasOthers?.[argument] ?? COMMON[argument],
    }));
}

/** A parameter that begins with something else than Keras's argument of the same name, with the reason; undefined where nobody has said it. */
export interface OtherDefault {
  readonly parameter: string;
  readonly ours: string;
  readonly keras: string;
  readonly why: string | undefined;
}

/** Our parameters that begin with something else than Keras's arguments of the same name. */
export function otherDefaults(layer: AnyLayer, signatures: KerasSignatures): readonly OtherDefault[] {
  return paramFields(layer).flatMap(({ name, default: ours }) => {
    const argument = signatures[layer.title]?.[snakeCase(name)];
    if (!argument || !('default' in argument) || isSame(ours, argument.default)) return [];
    const why = layer.docs.kerasDefaults?.[name];
    return [{ parameter: name, ours: JSON.stringify(ours), keras: JSON.stringify(argument.default), why }];
  });
}

/** Keras's short names of initializers. */
const KERAS_NAMES: Readonly<Record<string, string>> = { uniform: 'random_uniform', Zeros: 'zeros' };

/** Whether a default of ours says what one of Keras's does: names are of another case, one number stands for each axis, and no regularizer is one of zeros. */
function isSame(ours: unknown, keras: unknown): boolean {
  if (typeof ours === 'string' && typeof keras === 'string') return snakeCase(ours) === (KERAS_NAMES[keras] ?? keras);
  if (Array.isArray(ours) && !Array.isArray(keras)) return ours.every((size) => isSame(size, keras));
  if (keras === null && typeof ours === 'object' && ours !== null) return Object.values(ours).every((factor) => factor === 0);
  return JSON.stringify(ours) === JSON.stringify(keras);
}
