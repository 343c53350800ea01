import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLayer } from '../layers/index';
import { paramFields } from '../layers/paramFields';
import { parseParams } from '../layers/parse';
import type { AnyLayer } from '../layers/define';
import { readTypedValues } from './typedValues';

const read = (type: string, text: string) => readTypedValues(paramFields(findLayer(type) as AnyLayer), text);

describe('values typed behind a name', () => {
  it.each([
    ['conv2d', '128 /2', { filters: 128, strides: [2, 2] }],
    ['conv2d', '128/2', { filters: 128, strides: [2, 2] }],
    ['conv2d', '64 1x1 same', { filters: 64, kernelSize: [1, 1], padding: 'same' }],
    ['conv2d', '64 7 /2x1 cons', { filters: 64, strides: [2, 1], padding: 'consistent' }],
    ['shortcut', '128/2', { filters: 128, strides: [2, 2] }],
    ['input', '56x56x64', { shape: [56, 56, 64] }],
    ['input', 'HxWx3', { shape: ['H', 'W', 3] }],
    ['input', '128', { shape: [128] }],
    ['maxPooling2d', '3 /2', { poolSize: [3, 3], strides: [2, 2] }],
    ['dense', '10', { units: 10 }],
    ['dropout', '.3', { rate: 0.3 }],
  ])('%s %s', (type, text, params) => {
    expect(read(type, text)?.params).toMatchObject(params);
  });

  it('words that no parameter takes are left', () => {
    expect(read('add', 'layer1 conv1')).toEqual({ params: {}, words: ['layer1', 'conv1'] });
  });

  it('a number without a place, or a sign, is not understood', () => {
    for (const [type, text] of [
      ['relu', '3 /2'],
      ['add', '5'],
      ['conv2d', '!'],
      ['dense', '3x3'],
    ] as const)
      expect(read(type, text)).toBeUndefined();
  });

  it('never gives a parameter that the layer does not know, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('conv2d', 'input', 'dense', 'dropout', 'shortcut', 'maxPooling2d'),
        fc.stringMatching(/^[ \d./x×A-Za-z]{0,24}$/),
        (type, text) => {
          const layer = findLayer(type) as AnyLayer;
          const typed = read(type, text);
          const parsed = typed && parseParams(layer, typed.params);
          if (parsed && !parsed.ok)
            expect(parsed.error.map(({ message }) => message)).not.toContainEqual(expect.stringMatching(/unrecognized/i));
        },
      ),
    );
  });
});
