import { expect, it } from 'vitest';
import { longSequence } from './_recurrent';

it.each([
  [128, undefined],
  [256, /about 10 s in TensorFlow, 2 minutes in onnxruntime/],
  [512, /about 25 s in TensorFlow, 10 minutes in onnxruntime/],
])('%i steps are told with the time that a training is made ready for', (steps, words) => {
  const [problem] = longSequence({ dtype: 'float32', shape: [2, steps, 4] });
  if (words) expect(problem?.message).toMatch(words);
  else expect(problem).toBeUndefined();
});
