import { expect, it } from 'vitest';
import { formatShape } from './tensor';
import { analyze } from '../infer/analyze';
import { networkOf } from '../testing/networks';
import { withLetters } from './unknownSizes';

it.each<[readonly unknown[], readonly unknown[]]>([
  [
    ['?', null, 3],
    ['H', 'W', 3],
  ],
  [
    [3, 'None', -1],
    [3, 'H', 'W'],
  ],
  [
    ['?', 224, 3],
    ['H', 224, 3],
  ],
  [
    ['W', '?', 3],
    ['W', 'S1', 3],
  ],
  [
    [null, null, null, 1],
    ['D', 'H', 'W', 1],
  ],
  [
    ['?', 16],
    ['T', 16],
  ],
  [
    ['?', '?', '?', '?', '?'],
    ['S1', 'S2', 'S3', 'S4', 'S5'],
  ],
  [
    [28, 28, 1],
    [28, 28, 1],
  ],
])('%j reads %j', (sizes, named) => expect(withLetters(sizes)).toEqual(named));

it.each([
  ['letters', ['H', 'W', 3]],
  ['question marks', ['?', '?', 3]],
  ['None, as Keras has it', ['None', 'None', 3]],
  ['null', [null, null, 3]],
])('an input of a document may have %s', (_how, shape) => {
  const document = networkOf(
    {
      image: ['input', { shape }],
      a: ['conv2d', { filters: 8, strides: [2, 2], padding: 'same' }],
      pool: ['averagePooling2d'],
      proj: ['conv2d', { filters: 8, kernelSize: [1, 1] }],
      add: ['add'],
      end: ['output'],
    },
    ['image → a → add:inputs.0', 'image → pool → proj → add:inputs.1', 'add → end'],
  );
  const { nodes, problems } = analyze(document);
  expect(formatShape(nodes.get('a')?.outputs['y']?.shape ?? [])).toBe('⌊(H+1)/2⌋×⌊(W+1)/2⌋×8');
  expect(problems.map(({ code }) => code)).toEqual(['shape/add-unproven']);
  expect(problems[0]?.message).toContain('only where H is even and W is even');
});
