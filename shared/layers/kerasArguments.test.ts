import { describe, expect, it } from 'vitest';
import { kerasSignatures } from '../testing/kerasSignatures';
import { keptByKeras, otherDefaults } from './kerasArguments';
import { allLayers } from './index';

const inKeras = allLayers.filter(({ title }) => title in kerasSignatures.layers);

describe(`beside the layers of Keras ${kerasSignatures.version}`, () => {
  it('most layers are of the same name', () => expect(inKeras.length).toBeGreaterThan(60));

  it.each(inKeras.map((layer) => [layer.title, layer] as const))('%s has every argument as a parameter, or says why not', (_, layer) => {
    const unsaid = keptByKeras(layer, kerasSignatures.layers).filter(({ why }) => why === undefined);
    expect(unsaid.map(({ argument }) => argument)).toEqual([]);
  });

  it.each(inKeras.map((layer) => [layer.title, layer] as const))('%s begins with Keras’s defaults, or says why not', (_, layer) => {
    const others = otherDefaults(layer, kerasSignatures.layers);
    expect(others.filter(({ why }) => why === undefined)).toEqual([]);
    expect(others.map(({ parameter }) => parameter)).toEqual(Object.keys(layer.docs.kerasDefaults ?? {}));
  });

  it.each(inKeras.filter(({ docs }) => docs.kerasOthers).map((layer) => [layer.title, layer] as const))(
    '%s says it of arguments that there are and that it has not',
    (_, layer) => {
      const lacking = keptByKeras(layer, kerasSignatures.layers).map(({ argument }) => argument);
      expect(lacking).toEqual(expect.arrayContaining(Object.keys(layer.docs.kerasOthers ?? {})));
    },
  );
});
