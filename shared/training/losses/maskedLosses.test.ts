import { describe, expect, it } from 'vitest';
import { builderOf } from '../../program/builderOf';
import type { Value } from '../../program/builder';
import { differentiate } from '../../program/differentiate';
import { objectiveValues } from '../../program/objective';
import { array } from '../../testing/reference/array';
import { evaluateProgram } from '../../testing/reference/evaluate';
import { losses, lossOf, lossSettings, type LossKind } from './index';

const CHANNELS = 3;
/** Of two sequences of three steps the first step of one and the last of the other do not count. */
const MASK = [0, 1, 1, 1, 1, 0];
/** What each step gives, its class and its answers; those of masked steps are far off. */
const STEPS = [
  { scores: [50, -80, 90], label: 1, answers: [1, 1, 1] },
  { scores: [0.5, -1, 2], label: 2, answers: [0, 0, 1] },
  { scores: [3, 0.2, -2], label: 0, answers: [1, 0, 0] },
  { scores: [0.1, 0.3, 0.2], label: 2, answers: [0, 0, 1] },
  { scores: [-4, 8, 1.5], label: 1, answers: [0, 1, 0] },
  { scores: [-70, 60, -50], label: 0, answers: [1, 1, 1] },
];
type Step = (typeof STEPS)[number];

/** Loss, gradient by the scores and right predictions of `batch` sequences that have these steps one after the other. */
function learned(kind: LossKind, batch: number, steps: readonly Step[], mask?: readonly number[]) {
  const { target: form, accuracy } = lossOf(kind);
  const sizes = [batch, steps.length / batch];
  const numbers = { dtype: 'float32', shape: [...sizes, CHANNELS] } as const;
  const target = {
    name: 'y',
    type: form === 'classes' ? ({ dtype: 'int32', shape: sizes } as const) : numbers,
    form,
    classes: 3,
    accuracy,
  };
  const builder = builderOf();
  const output = builder.input('scores', numbers);
  const arrived = { value: output, mask: mask && builder.input('mask', { dtype: 'float32', shape: sizes }) };
  const objective = { output: 'y', loss: lossSettings.parse({ kind }), weight: 1 };
  const { loss, correct } = objectiveValues(builder, { objective, target }, arrived, 'channelsLast');
  builder.output('loss', loss);
  if (correct) builder.output('correct', correct);
  builder.output('gradient', differentiate(builder, loss, [output])[0] as Value);
  const { outputs } = evaluateProgram(builder.build('loss'), {
    scores: array(
      numbers.shape,
      steps.flatMap(({ scores }) => scores),
    ),
    'target/y':
      form === 'classes'
        ? array(
            sizes,
            steps.map(({ label }) => label),
          )
        : array(
            numbers.shape,
            steps.flatMap(({ answers }) => answers),
          ),
    ...(mask ? { mask: array(sizes, mask) } : {}),
  });
  const of = (name: string) => [...(outputs[name]?.data ?? [])];
  return { loss: of('loss'), correct: of('correct'), gradient: of('gradient') };
}

describe('a loss of sequences with masked steps', () => {
  it.each(losses.map(({ kind }) => [kind]))('%s is that of the other steps alone, and so are its gradient and what is right', (kind) => {
    const whole = learned(kind, 2, STEPS, MASK);
    const alone = learned(
      kind,
      1,
      STEPS.filter((_, step) => MASK[step] === 1),
    );
    expect(whole.loss[0]).toBeCloseTo(alone.loss[0] as number, 12);
    expect(whole.correct).toEqual(alone.correct);
    const ofSteps = whole.gradient.filter((_, at) => MASK[Math.floor(at / CHANNELS)] === 1);
    ofSteps.forEach((value, at) => expect(value).toBeCloseTo(alone.gradient[at] as number, 12));
    const ofMasked = whole.gradient.filter((_, at) => MASK[Math.floor(at / CHANNELS)] === 0);
    ofMasked.forEach((value) => expect(Math.abs(value)).toBe(0));
  });
});
