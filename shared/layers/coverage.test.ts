import { describe, expect, it } from 'vitest';
import { FACETS, isIn } from '../testing/engineFacets';
import { layerCases } from '../testing/layerCases';
import { layerCombinations } from '../testing/layerCombinations';
import { hasImages, layerVariants, untried, untriedVariants } from '../testing/layerVariants';
import type { AnyLayer } from './define';
import { allLayers } from './index';

const catalogue = allLayers.filter(({ type }) => type !== 'input' && type !== 'output');
const titled = (layer: AnyLayer) => [layer.type, layer] as const;

const casesOf = (layer: AnyLayer) => [...layerCases(layer), ...layerVariants(layer)];

describe('the cases at which a layer’s numbers are checked', () => {
  it.each(catalogue.map(titled))('of %s try all that its parameters may be', (_, layer) =>
    expect(untried(layer, casesOf(layer))).toEqual([]),
  );

  it.each(catalogue.filter(({ examples }) => examples.some(hasImages)).map(titled))('of %s have images channels-first too', (_, layer) =>
    expect(casesOf(layer).some(({ example }) => hasImages(example) && example.dataFormat === 'channelsFirst')).toBe(true),
  );

  it.each(catalogue.map(titled))('of %s try all that its parameters may be in Keras or PyTorch too', (_, layer) => {
    const foreign = casesOf(layer).filter((one) => FACETS.some((facet) => isIn(facet, one)));
    expect(foreign.length).toBeGreaterThan(0);
    expect(untried(layer, foreign)).toEqual([]);
  });

  it.each(FACETS)('try in %s all that it has of each layer', (facet) => {
    const missing = catalogue.flatMap((layer) =>
      untriedVariants(
        layer,
        casesOf(layer).filter((one) => isIn(facet, one)),
        (one) => isIn(facet, one),
      ),
    );
    expect(missing.map(({ title }) => title)).toEqual([]);
  });

  it('are drawn alike each time, none of them twice', () => {
    const drawn = () => catalogue.flatMap((layer) => layerCombinations(layer, 1)).map(({ title }) => title);
    const titles = drawn();
    expect(drawn()).toEqual(titles);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.length).toBeGreaterThan(60);
  });

  it('have every corner of the thirteen layers that look through a window', () => {
    const corners = catalogue.map((layer) => [layer.type, layerCases(layer).filter(({ isCorner }) => isCorner).length] as const);
    expect(Object.fromEntries(corners.filter(([, count]) => count > 0))).toEqual({
      ...{ conv1d: 12, conv1dTranspose: 9, conv2d: 18, conv2dTranspose: 18, conv3d: 18, depthwiseConv2d: 18, separableConv2d: 18 },
      ...{ maxPooling1d: 12, maxPooling2d: 24, maxPooling3d: 24, averagePooling1d: 12, averagePooling2d: 24, averagePooling3d: 24 },
    });
  });
});
