import { describe, expect, it } from 'vitest';
import { BATCH } from '../../graph/dim';
import type { Builder, Value } from '../../program/builder';
import { builderOf } from '../../program/builderOf';
import { differentiate } from '../../program/differentiate';
import { relativeDifference } from '../../testing/closeTo';
import { spread } from '../../testing/gradientProgram';
import { evaluateProgram } from '../../testing/reference/evaluate';
import { sequenceOf, unrolled, type Read } from './_cells';
import { recurrentParams, type RecurrentParams } from './_params';
import { readSequence, UNROLLED_LSTM } from './_sequence';

const STEPS = UNROLLED_LSTM + 4;
const UNITS = 2;
const SHAPES = { kernel: [1, 4 * UNITS], recurrentKernel: [UNITS, 4 * UNITS], bias: [4 * UNITS] };

type Reader = (b: Builder, read: Read, weights: Readonly<Record<string, Value>>, p: RecurrentParams) => Value;

/** Outputs and all gradients of a way to read a long sequence, in float64. */
function numbersOf(reader: Reader, p: RecurrentParams) {
  const b = builderOf();
  const x = b.input('x', { dtype: 'float32', shape: [BATCH, STEPS, 1] });
  const own = Object.entries(SHAPES).filter(([name]) => p.useBias || name !== 'bias');
  const weights = Object.fromEntries(own.map(([name, shape]) => [name, b.input(name, { dtype: 'float32', shape })]));
  const y = reader(b, { x, training: false, mask: undefined }, weights, p);
  b.output('y', y);
  const squares = b.reduceSum(
    b.mul(y, y),
    y.type.shape.map((_, axis) => axis),
  );
  for (const [index, gradient] of differentiate(b, squares, [x, ...Object.values(weights)]).entries())
    b.output(`${index}`, gradient as Value);
  const fed = Object.fromEntries(own.map(([name, shape]) => [name, spread(shape, name)]));
  const program = b.build('long');
  return { program, outputs: evaluateProgram(program, { x: spread([2, STEPS, 1], 'x'), ...fed }).outputs };
}

const settings: readonly (readonly [string, Partial<RecurrentParams>])[] = [
  ['the last step', {}],
  ['every step', { returnSequences: true }],
  ['backwards', { goBackwards: true, useBias: false }],
  ['backwards, every step', { goBackwards: true, returnSequences: true }],
];

describe('a long LSTM is one operation and gives what it gives step by step', () => {
  it.each(settings)('%s', (_title, own) => {
    const p = recurrentParams({ units: UNITS, ...own });
    const order = p.returnSequences ? 'asGiven' : undefined;
    const whole = numbersOf((b, read, weights) => {
      const sequence = readSequence(b, 'lstm', read, weights, p);
      return order ? sequence.every(order) : sequence.last();
    }, p);
    const single = numbersOf((b, read, weights) => {
      const outputs = unrolled(b, 'lstm', read, weights, p);
      return order ? sequenceOf(b, p.goBackwards ? outputs.toReversed() : outputs) : (outputs.at(-1) as Value);
    }, p);
    expect(whole.program.operations.length).toBeLessThan(40);
    expect(single.program.operations.length).toBeGreaterThan(10 * STEPS);
    for (const [name, { data }] of Object.entries(single.outputs))
      expect(
        [name, relativeDifference(whole.outputs[name]?.data ?? [], data, 1e-3)].map((part) =>
          typeof part === 'number' ? part < 1e-9 : part,
        ),
      ).toEqual([name, true]);
  });
});
