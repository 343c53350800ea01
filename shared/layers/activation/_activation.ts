import * as z from 'zod';
import { ok } from '../../graph/result';
import type { Builder, Value } from '../../program/builder';
import { defineLayer, X, Y, type LayerDefinition, type LayerExample } from '../define';
import { activationFunctions, kerasActivationRecord, torchActivations, type ActivationName } from './_functions';

type Definition<P extends z.ZodType> = LayerDefinition<P, typeof X, typeof Y>;
type Own = 'type' | 'title' | 'docs' | 'params' | 'keras' | 'torch';

/** What is its own of an activation: its parameters and its formula. */
type Activation<P extends z.ZodType> = Pick<Definition<P>, Own> &
  Partial<Pick<Definition<P>, 'summary' | 'keywords' | 'icon' | 'examples' | 'saves'>> & {
    apply(b: Builder, x: Value, params: z.output<P>): Value;
  };

const examples: readonly LayerExample[] = [{ inputs: { x: ['batch', 4, 5, 3] }, outputs: { y: ['batch', 4, 5, 3] } }];

/** A layer that does the same to each element of its input. */
export function elementwiseLayer<P extends z.ZodType>({ apply, ...own }: Activation<P>): Definition<P> {
  return defineLayer<P, typeof X, typeof Y>({
    version: 1,
    category: 'activation',
    icon: 'activity',
    keywords: ['activation'],
    inputs: X,
    outputs: Y,
    infer: ({ x }) => ok({ y: x }),
    masks: () => 'keeps',
    lower: (b, { x }, _weights, params) => ({ y: apply(b, x, params) }),
    examples,
    ...own,
  });
}

/** An activation without parameters. */
export function plainActivation(
  type: string,
  name: ActivationName,
  title: string,
  docs: { readonly summary: string; readonly formula: string; readonly torchName: string; readonly details?: string },
) {
  return elementwiseLayer({
    type,
    title,
    docs: { ...docs, url: 'https://keras.io/api/layers/activations/' },
    params: z.strictObject({}),
    apply: activationFunctions[name],
    // Their slope follows from the result.
    saves: name === 'sigmoid' || name === 'tanh' ? 'outputs' : 'inputs',
    keras: () => kerasActivationRecord(name),
    torch: () => (name === 'hardSigmoid' ? { forward: 'torch.clamp(0.2 * x + 0.5, 0, 1)' } : { init: torchActivations[name] }),
  });
}
