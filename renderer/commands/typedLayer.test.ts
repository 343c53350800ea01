import { describe, expect, it } from 'vitest';
import { networkOf } from '../../shared/testing/networks';
import { rankByFit } from './ranked';
import { addableEntries } from './search';
import { typedEntries } from './typedLayer';

const document = networkOf({ image: ['input'], layer1: ['conv2d'] }, ['image → layer1']);
const first = (query: string) => {
  const [found] = typedEntries(addableEntries({ blocks: {} }), query, document);
  return found && { name: found.entry.name, values: found.values, also: found.also };
};

describe('what was typed to be added', () => {
  it.each([
    ['conv', 'conv2d', {}],
    ['batch norm', 'batchNormalization', {}],
    ['conv2d 128 /2', 'conv2d', { filters: 128, strides: [2, 2] }],
    ['sh128/2', 'shortcut', { filters: 128, strides: [2, 2] }],
    ['dense10', 'dense', { units: 10 }],
    ['drop .3', 'dropout', { rate: 0.3 }],
    ['56x56x64', 'input', { shape: [56, 56, 64] }],
    ['max pool 3 /2', 'maxPooling2d', { poolSize: [3, 3], strides: [2, 2] }],
  ])('%s is %s with %o', (query, name, values) => {
    expect(first(query)).toMatchObject({ name, values });
  });

  it('names layers that feed it', () => {
    expect(first('add layer1')).toEqual({ name: 'add', values: {}, also: ['layer1'] });
  });

  it('a name that is meant goes before one that only fits better', () => {
    const feeding = { node: 'image', type: { dtype: 'float32', shape: ['batch', 28, 28, 1] } } as never;
    const order = (query: string) =>
      rankByFit(typedEntries(addableEntries({ blocks: {} }), query, document), feeding, {
        graph: document.graph,
        dataFormat: 'channelsLast',
      }).map(({ entry }) => entry.name);
    expect(order('add')[0]).toBe('add');
    // On an image a dense block fits better than a dense layer; who types the whole name means the layer.
    expect(order('dense')[0]).toBe('dense');
    expect(order('dense 10')[0]).toBe('dense');
    expect(order('co')[0]).toBe('conv2d');
    expect(order('').at(-1)).not.toBe('conv2d');
  });

  it('what nobody understands is nothing', () => {
    for (const query of ['flatten /2', 'add nobody9', '???']) expect(first(query)?.values ?? {}).toEqual({});
  });
});
