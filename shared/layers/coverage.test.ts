import { describe, expect, it } from 'vitest';
import { groupInputs } from '../infer/groupInputs';
import { analyzedExample } from '../testing/exampleProgram';
import { layerCases, type LayerCase } from '../testing/layerCases';
import { hasImages, layerVariants, untried } from '../testing/layerVariants';
import type { AnyLayer } from './define';
import { allLayers } from './index';
import { parseParams } from './parse';

const catalogue = allLayers.filter(({ type }) => type !== 'input' && type !== 'output');
const titled = (layer: AnyLayer) => [layer.type, layer] as const;

const casesOf = (layer: AnyLayer) => [...layerCases(layer), ...layerVariants(layer)];

/** Whether an engine of others computes a case by the layer's own record of it. */
function isForeign({ layer, example }: LayerCase): boolean {
  const { analysis, dataFormat } = analyzedExample(layer, example);
  const inputs = groupInputs(layer, analysis.nodes.get('layer')?.inputs ?? {}) as never;
  const params = parseParams(layer, (example.params ?? {}) as never);
  return (
    params.ok && (['keras', 'torch'] as const).some((engine) => !('unsupported' in layer[engine](params.value, inputs, { dataFormat })))
  );
}

describe('the cases at which a layer’s numbers are checked', () => {
  it.each(catalogue.map(titled))('of %s try all that its parameters may be', (_, layer) =>
    expect(untried(layer, casesOf(layer))).toEqual([]),
  );

  it.each(catalogue.filter(({ examples }) => examples.some(hasImages)).map(titled))('of %s have images channels-first too', (_, layer) =>
    expect(casesOf(layer).some(({ example }) => hasImages(example) && example.dataFormat === 'channelsFirst')).toBe(true),
  );

  it.each(catalogue.map(titled))('of %s are computed by Keras or PyTorch too', (_, layer) =>
    expect(layerCases(layer).some(isForeign)).toBe(true),
  );

  it('have every corner of the thirteen layers that look through a window', () => {
    const corners = catalogue.map((layer) => [layer.type, layerCases(layer).filter(({ isCorner }) => isCorner).length] as const);
    expect(Object.fromEntries(corners.filter(([, count]) => count > 0))).toEqual({
      ...{ conv1d: 12, conv1dTranspose: 9, conv2d: 18, conv2dTranspose: 18, conv3d: 18, depthwiseConv2d: 18, separableConv2d: 18 },
      ...{ maxPooling1d: 12, maxPooling2d: 24, maxPooling3d: 24, averagePooling1d: 12, averagePooling2d: 24, averagePooling3d: 24 },
    });
  });
});
