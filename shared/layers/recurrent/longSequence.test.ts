import { expect, it } from 'vitest';
import { recurrentParams } from './_params';
import { inferRecurrent, longSequence } from './_recurrent';

const sequence = (steps: number) => ({ dtype: 'float32', shape: [2, steps, 4] }) as const;

it.each([
  [128, undefined],
  [256, /about 10 s in TensorFlow, 65 s in onnxruntime/],
  [512, /about 25 s in TensorFlow, 5 minutes in onnxruntime/],
])('%i steps of a GRU are told with the time that a training is made ready for', (steps, words) => {
  const [problem] = longSequence('gru', sequence(steps), recurrentParams({}));
  if (words) expect(problem?.message).toMatch(words);
  else expect(problem).toBeUndefined();
});

it('an LSTM reads thousands of steps unless its settings make each step operations of its own', () => {
  const read = (steps: number, p: Parameters<typeof recurrentParams>[0]) =>
    inferRecurrent('lstm', sequence(steps), 3, recurrentParams(p)).ok;
  expect(longSequence('lstm', sequence(10_000), recurrentParams({}))).toEqual([]);
  expect([read(10_000, {}), read(10_001, {})]).toEqual([true, false]);
  const own = [{ activation: 'relu' }, { recurrentActivation: 'tanh' }, { recurrentDropout: 0.1 }] as const;
  expect(own.map((p) => [read(512, p), read(513, p)])).toEqual(own.map(() => [true, false]));
});
