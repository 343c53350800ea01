import { describe, expect, it } from 'vitest';
import type { AnyLayer } from '../layers/define';
import { findLayer } from '../layers/index';
import { networkOf } from '../testing/networks';
import { openShortcut, startingValues } from './startingValues';

const layer = (type: string) => findLayer(type) as AnyLayer;
const { graph } = networkOf(
  {
    image: ['input', { shape: [56, 56, 64] }],
    stem: ['conv2d', { filters: 24, padding: 'same', strides: [2, 2], kernelSize: [7, 7] }],
    open: ['shortcut', { filters: 128, strides: [2, 2] }],
    first: ['conv2d', { filters: 128, strides: [2, 2], padding: 'consistent' }],
    act: ['preActivation'],
  },
  ['image → stem', 'stem → open', 'open:preActivated → first → act'],
);

describe('what a new layer starts with', () => {
  it('has the habits of the nearest layer of its kind, not its strides and window', () => {
    expect(startingValues(graph, 'stem', layer('conv2d'))).toMatchObject({
      filters: 24,
      padding: 'same',
      strides: [1, 1],
      kernelSize: [3, 3],
    });
    expect(startingValues(graph, 'image', layer('conv2d'))).toMatchObject({ filters: 32, padding: 'valid' });
    expect(startingValues(graph, undefined, layer('dense'))).toMatchObject({ units: 64 });
  });

  it('has in a residual block what its shortcut needs: strides in the first convolution, filters in all', () => {
    const block = { filters: 128, padding: 'consistent', useBias: false };
    expect(startingValues(graph, 'open', layer('conv2d'))).toMatchObject({ ...block, strides: [2, 2] });
    expect(startingValues(graph, 'act', layer('conv2d'))).toMatchObject({ ...block, strides: [1, 1] });
  });

  it('behind an identity shortcut has as many filters as enter', () => {
    const identity = networkOf({ image: ['input'], open: ['shortcut'] }, ['image → open']).graph;
    expect(startingValues(identity, 'open', layer('conv2d'), 48)).toMatchObject({ filters: 48, strides: [1, 1] });
  });
});

describe('the shortcut of an open block', () => {
  it('is what an add takes besides the main path, until it is taken', () => {
    expect(openShortcut(graph, 'act')).toEqual({ node: 'open', port: 'shortcut' });
    expect(openShortcut(graph, 'open')).toBeUndefined();
    expect(openShortcut(graph, 'stem')).toBeUndefined();
    const closed = networkOf({ open: ['shortcut'], relu: ['relu'], add: ['add'], next: ['relu'] }, [
      'open:preActivated → relu → add:inputs.0',
      'open:shortcut → add:inputs.1',
      'add → next',
    ]).graph;
    expect(openShortcut(closed, 'relu')).toBeUndefined();
    expect(openShortcut(closed, 'next')).toBeUndefined();
  });
});
