import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../document/document';
import type { GraphEdit } from '../graph/edit';
import { applyEdits } from '../graph/applyEdits';
import { networkOf } from '../testing/networks';
import { imageNetResnet } from '../testing/knownNetworks';
import { analyze } from './analyze';
import { structureOf } from './structure';

const network = networkOf(
  {
    image: ['input', { shape: [8, 8, 3] }],
    conv: ['conv2d', { filters: 4, kernelSize: [3, 3] }],
    other: ['conv2d', { filters: 4, kernelSize: [3, 3] }],
    pool: ['globalAveragePooling2d'],
    scores: ['dense', { units: 2 }],
    colour: ['output'],
  },
  ['image → conv → other → pool → scores → colour'],
);
const structure = (document: SkipDocument) => structureOf(analyze(document), document);
const edited = (edit: GraphEdit): SkipDocument => applyEdits(network, [{ graph: 'network', ...edit }]);

describe('the structure of a network', () => {
  it('stays where layers are renamed or moved', () => {
    expect(structure(edited({ kind: 'rename', id: 'conv', name: 'a new name' }))).toBe(structure(network));
    expect(structure(edited({ kind: 'move', id: 'conv', position: { x: 1000, y: -1000 } }))).toBe(structure(network));
  });

  it('is another one with every change of what is computed', () => {
    const others = [
      edited({ kind: 'setParams', id: 'conv', params: { filters: 5, kernelSize: [3, 3] } }),
      { ...network, dataFormat: 'channelsFirst' as const },
      { ...network, training: { ...network.training, metrics: [{ kind: 'precision' as const }] } },
      imageNetResnet(18),
      imageNetResnet(34),
    ];
    expect(new Set([network, ...others].map(structure)).size).toBe(others.length + 1);
  });

  it('knows outputs by their place: the objective of a renamed one is the same', () => {
    const taught = (output: string): SkipDocument['training'] => ({
      ...network.training,
      objectives: [{ output, loss: { kind: 'meanSquaredError' }, weight: 1, column: 'label' }],
    });
    const renamed = edited({ kind: 'rename', id: 'colour', name: 'hue' });
    const before = structure({ ...network, training: taught('colour') });
    expect(structure({ ...renamed, training: taught('hue') })).toBe(before);
    expect(structure({ ...renamed, training: taught('colour') })).not.toBe(before);
  });
});
