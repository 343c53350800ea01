import { describe, expect, it } from 'vitest';
import { builderOf, type ProgramBuilder } from '../../program/builderOf';
import type { Value } from '../../program/builder';
import { differentiate } from '../../program/differentiate';
import { objectiveValues } from '../../program/objective';
import { array, type NumberArray } from '../../testing/reference/array';
import { evaluateProgram } from '../../testing/reference/evaluate';
import { keras } from '../../testing/kerasNumbers';
import { losses, lossOf, lossSettings, type LossSettings } from './index';

/** As interop/trainingRules.py has them. */
const Z = [0.5, -1, 2, 3, 0, -2, 0, 0, 0, -4, 8, 1.5];
const Y = [0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0];
const CLASSES = [1, 0, 2, 1];

type Ending = 'none' | 'softmax' | 'sigmoid';

/** Loss and gradient by z of an output that ends in an activation. */
function lossAt(loss: LossSettings, z: readonly number[] = Z, ending: Ending = 'none') {
  const builder = builderOf();
  const input = builder.input('z', { dtype: 'float32', shape: [4, 3] });
  const value = objective(builder, loss, ending === 'none' ? input : builder[ending](input));
  builder.output('loss', value.loss);
  const [gradient] = differentiate(builder, value.loss, [input]);
  builder.output('gradient', gradient as Value);
  const { target } = lossOf(loss.kind);
  const targets = target === 'classes' ? array([4], CLASSES) : array([4, 3], Y);
  const { outputs } = evaluateProgram(builder.build('loss'), { z: array([4, 3], z), 'target/y': targets });
  return { loss: (outputs['loss'] as NumberArray).data[0] as number, gradient: Array.from((outputs['gradient'] as NumberArray).data) };
}

function objective(builder: ProgramBuilder, loss: LossSettings, output: Value) {
  const { target: form, accuracy } = lossOf(loss.kind);
  const type = form === 'classes' ? ({ dtype: 'int32', shape: [4] } as const) : ({ dtype: 'float32', shape: [4, 3] } as const);
  const target = { name: 'y', type, form, classes: 3, accuracy };
  return objectiveValues(builder, { objective: { output: 'y', loss, weight: 1 }, target }, { value: output }, 'channelsLast');
}

const of = (settings: Record<string, unknown>) => lossSettings.parse(settings);

const cases: Readonly<Record<string, readonly [LossSettings, Ending?]>> = {
  sparse: [of({ kind: 'sparseCategoricalCrossentropy' })],
  categorical: [of({ kind: 'categoricalCrossentropy' })],
  smoothed: [of({ kind: 'categoricalCrossentropy', labelSmoothing: 0.1 })],
  weighted: [of({ kind: 'sparseCategoricalCrossentropy', classWeights: [0.5, 2, 1] })],
  probabilities: [of({ kind: 'categoricalCrossentropy', from: 'probabilities' }), 'softmax'],
  binary: [of({ kind: 'binaryCrossentropy' })],
  binarySmoothed: [of({ kind: 'binaryCrossentropy', labelSmoothing: 0.1 })],
  binaryProbabilities: [of({ kind: 'binaryCrossentropy' }), 'sigmoid'],
  focal: [of({ kind: 'categoricalFocalCrossentropy' })],
  focalGamma: [of({ kind: 'categoricalFocalCrossentropy', gamma: 1.5, alpha: 0.4 })],
  binaryFocal: [of({ kind: 'binaryFocalCrossentropy' })],
  mse: [of({ kind: 'meanSquaredError' })],
  mae: [of({ kind: 'meanAbsoluteError' })],
  huber: [of({ kind: 'huber', delta: 1.5 })],
  hinge: [of({ kind: 'hinge' })],
  categoricalHinge: [of({ kind: 'categoricalHinge' })],
  cosine: [of({ kind: 'cosineSimilarity' })],
};

describe('a loss', () => {
  it.each(Object.keys(cases))('%s is Keras’s own', (name) => {
    const [loss, ending] = cases[name] as (typeof cases)[string];
    // Keras computes some of its own in float32.
    expect(Math.abs(lossAt(loss, Z, ending).loss - (keras.losses[name] as number))).toBeLessThan(2e-6);
  });

  it('of two areas is Dice’s, by hand', () => {
    // 2 · (2 + 1) / (4 + 4) of areas that share 3 of 4
    const loss = lossAt(of({ kind: 'dice' }), [0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0]).loss;
    expect(loss).toBeCloseTo(1 - (2 * 3) / 8, 6);
  });

  it.each([
    ...losses.map(({ kind }) => [of({ kind }), 'none'] as const),
    [of({ kind: 'categoricalCrossentropy', from: 'probabilities' }), 'softmax'] as const,
  ])('%o has the gradient of central differences (%s)', (loss, ending) => {
    // Off every corner of the hinges and absolute values.
    const z = Z.map((value, index) => value / 3 + 0.05 * Math.sin(index + 1));
    const { gradient } = lossAt(loss, z, ending);
    z.forEach((value, index) => {
      const at = (delta: number) => lossAt(loss, z.with(index, value + delta), ending).loss;
      expect(Math.abs((gradient[index] as number) - (at(1e-6) - at(-1e-6)) / 2e-6)).toBeLessThan(1e-6);
    });
  });

  it('has at logits of zero the gradient σ(0) − y, not that of one side of a corner', () => {
    const { gradient } = lossAt(
      of({ kind: 'binaryCrossentropy' }),
      Z.map(() => 0),
    );
    gradient.forEach((value, index) => expect(value).toBeCloseTo((0.5 - (Y[index] as number)) / 12, 12));
    expect(lossAt(of({ kind: 'meanAbsoluteError' }), Y).gradient.every((value) => value === 0)).toBe(true);
  });

  it('of logits is the loss of the probabilities that follow from them', () => {
    const logits = lossAt(of({ kind: 'sparseCategoricalCrossentropy' })).loss;
    expect(lossAt(of({ kind: 'sparseCategoricalCrossentropy' }), Z, 'softmax').loss).toBe(logits);
    expect(lossAt(of({ kind: 'sparseCategoricalCrossentropy', from: 'probabilities' }), Z, 'softmax').loss).toBeCloseTo(logits, 6);
  });
});
