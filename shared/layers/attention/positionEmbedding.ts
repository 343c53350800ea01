import * as z from 'zod';
import { isKnown, type Dim } from '../../graph/dim';
import { err, ok } from '../../graph/result';
import { matrixInitializer } from '../_initializers';
import { torchInitializer } from '../_params';
import { constraintOf } from '../_constraints';
import { matrixKernelRegularizer, weight } from '../_weights';
import { defineLayer, unsupported, X, Y } from '../define';
import { sequenceProblem } from './_attention';

const params = z.strictObject({
  kind: z.enum(['learned', 'sinusoidal']).default('learned').describe('Numbers that are trained, or sines of falling frequencies.'),
  sequenceLength: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe('Steps that there are learned numbers for; none for as many as the input has.')
    .meta({ unit: 'steps' }),
  maxWavelength: z.number().min(1).max(1e9).default(10_000).describe('Longest of the sines.').meta({ advanced: true, unit: 'steps' }),
  embeddingsInitializer: matrixInitializer
    .default('glorotUniform')
    .describe('How learned numbers start.')
    .meta({ advanced: true, ...torchInitializer }),
  embeddingsRegularizer: matrixKernelRegularizer,
  embeddingsConstraint: constraintOf('the learned numbers'),
});
type Params = z.output<typeof params>;

/** Sine on even channels, cosine on odd ones; channels 2i and 2i + 1 have one wavelength (Vaswani et al. 2017). */
function sines(steps: number, channels: number, { maxWavelength }: Params): number[] {
  return Array.from({ length: steps * channels }, (_, index) => {
    const [step, channel] = [Math.floor(index / channels), index % channels];
    const angle = step * maxWavelength ** (-(2 * Math.floor(channel / 2)) / channels);
    return channel % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}

export const positionEmbedding = defineLayer({
  type: 'positionEmbedding',
  version: 1,
  title: 'PositionEmbedding',
  category: 'attention',
  icon: 'list-ordered',
  keywords: ['position encoding', 'transformer', 'sinusoidal', 'sine'],
  docs: {
    summary: 'Adds to each step numbers that tell where in the sequence it is.',
    details: 'Attention sees its steps in no order; put this after the embedding.',
    formula: 'y[t] = x[t] + embeddings[t]',
    url: 'https://keras.io/keras_hub/api/modeling_layers/position_embedding/',
    torchName: 'x + nn.Embedding(steps, channels).weight',
  },
  params,
  inputs: X,
  outputs: Y,
  infer({ x }, { sequenceLength }) {
    const problem = sequenceProblem('x', x);
    if (problem) return err(problem);
    const steps = x.shape[1] as Dim;
    if (!isKnown(steps))
      return err({ code: 'shape/unknown-steps', port: 'x', message: 'expects a known number of steps. Give the input a fixed size.' });
    if (sequenceLength === null || steps <= sequenceLength) return ok({ y: x });
    const message = `received ${steps} steps, expected at most ${sequenceLength}. Set sequenceLength to ${steps} or more, or to none.`;
    return err({ code: 'shape/sequence-length', param: 'sequenceLength', message });
  },
  weights({ x }, p) {
    if (p.kind === 'sinusoidal') return [];
    const [steps, channels] = x.shape.slice(1) as [number, number];
    return [
      weight('embeddings', [p.sequenceLength ?? steps, channels], p.embeddingsInitializer, p.embeddingsRegularizer, p.embeddingsConstraint),
    ];
  },
  summary: (p) => (p.kind === 'sinusoidal' ? 'sinusoidal' : ''),
  masks: () => 'keeps',
  lower(b, { x }, { embeddings }, p) {
    const [steps, channels] = x.type.shape.slice(1) as [number, number];
    const positions = embeddings
      ? b.slice(embeddings, [0, 0], [steps, channels])
      : b.constant(sines(steps, channels, p), [steps, channels]);
    return { y: b.add(x, positions) };
  },
  keras: () => unsupported('Keras has no position embedding of its own; KerasHub has.'),
  torch(p, { x }) {
    const [steps, channels] = x.shape.slice(1) as [number, number];
    if (p.kind === 'learned') {
      const init = `nn.Embedding(${p.sequenceLength ?? steps}, ${channels})`;
      return { init, forward: 'x + self.layer.weight[: x.shape[1]]', weights: { weight: { from: 'embeddings' } } };
    }
    const angles = `torch.arange(${steps})[:, None] * ${p.maxWavelength} ** (-(torch.arange(${channels}) // 2 * 2) / ${channels})`;
    return { forward: `x + (lambda a: torch.where(torch.arange(${channels}) % 2 == 0, a.sin(), a.cos()))(${angles})` };
  },
  examples: [
    { inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 5, 4] } },
    { params: { sequenceLength: 9 }, inputs: { x: ['batch', 5, 4] }, outputs: { y: ['batch', 5, 4] } },
    { params: { kind: 'sinusoidal' }, inputs: { x: ['batch', 6, 5] }, outputs: { y: ['batch', 6, 5] } },
  ],
});
