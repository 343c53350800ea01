import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/infer/analyze';
import { networkOf } from '../../shared/testing/networks';
import { spokenNode, spokenParams } from './spoken';

describe('a layer as it is said', () => {
  it('has its size, what differs from the defaults, its shape and its problems', () => {
    const document = networkOf(
      { image: ['input', { shape: [32, 32, 3] }], conv2a: ['conv2d', { filters: 32, strides: [2, 2], padding: 'same' }], add: ['add'] },
      ['image → conv2a → add:inputs.0'],
    );
    const { nodes } = analyze(document);
    const said = (id: string) => spokenNode(document.graph.nodes[id] as never, document, nodes.get(id));
    expect(said('conv2a')).toBe('conv2a, Conv2D, 32 filters, strides 2, padding same, output 16 by 16 by 32');
    expect(said('add')).toBe('add, Add, 1 problem');
    expect(said('image')).toBe('image, Input, shape 32 by 32 by 3, output 32 by 32 by 3');
  });

  it('says pairs, switches, none and a block’s parameters in words', () => {
    expect(spokenParams('conv2d', { filters: 8, kernelSize: [1, 3], useBias: false })).toEqual([
      '8 filters',
      'kernel size 1 by 3',
      'use bias off',
    ]);
    expect(spokenParams('shortcut', { filters: { $: 'filters' } })).toEqual(['filters as the block says']);
    expect(spokenParams('shortcut', {})).toEqual(['no filters']);
    expect(spokenParams('dropout', { rate: 0.3 })).toEqual(['rate 0.3']);
    expect(spokenParams('dense', { units: 8, kernelConstraint: { kind: 'maxNorm', maxValue: 2, axis: [0, 1] } })).toEqual([
      '8 units',
      'kernel constraint maxNorm, max value 2, axis 0 and 1',
    ]);
    expect(spokenParams('relu', {})).toEqual([]);
    expect(spokenParams('nobody knows', { a: 1 })).toEqual([]);
  });
});
