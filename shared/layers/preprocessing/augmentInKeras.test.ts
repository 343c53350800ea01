import { describe, expect, it } from 'vitest';
import { allLayers } from '../index';
import { parseParams } from '../parse';

const augmentations = allLayers.filter(({ type }) => /^random(?!Crop)/.test(type));

describe('an augmentation in Keras', () => {
  it.each(augmentations.map((layer) => [layer.type, layer] as const))('%s sees channels-first images channels-last', (_, layer) => {
    const params = parseParams(layer, {});
    if (!params.ok) throw new Error('The defaults are wrong.');
    const x = { dtype: 'float32', shape: [null, 3, 4, 6] } as never;
    const record = layer.keras(params.value, { x }, { dataFormat: 'channelsFirst' });
    const parts = 'parts' in record ? record.parts : [];
    expect(parts.map(({ className, config }) => (className === 'Permute' ? config['dims'] : className))).toEqual([
      [2, 3, 1],
      layer.title,
      [3, 1, 2],
    ]);
  });
});
