import { describe, expect, it } from 'vitest';
import { unet } from '../blocks/templates/images';
import { resnet2015 } from '../blocks/templates/resnet';
import { buildTemplate } from '../blocks/templates/template';
import { holds } from '../graph/solve';
import { analyze } from '../infer/analyze';
import { inputSizesThatWork, withImageSize } from './inputSizes';
import { families } from '../testing/families';
import { sizesInWords, sweepSizes } from './sweep';

describe('sweepSizes', () => {
  it('finds for a U-Net the very sizes that the symbolic conditions allow', () => {
    const document = buildTemplate(unet, 'u');
    const [height] = inputSizesThatWork(document) ?? [];
    const swept = sweepSizes(document, { from: 1, to: 100, step: 1 }) ?? [];
    expect(swept).toHaveLength(100);
    const working = swept.filter(({ errors }) => errors.length === 0).map(({ size }) => size);
    expect(working.length).toBeGreaterThan(0);
    expect(working.length).toBeLessThan(100);
    expect(working).toEqual(swept.map(({ size }) => size).filter((size) => height && holds(height, size)));
  });

  it('gives at every size what an analysis from nothing gives', () => {
    const document = buildTemplate(unet, 'u');
    for (const { size, errors, macs } of sweepSizes(document, { from: 30, to: 36, step: 2 }) ?? []) {
      const alone = analyze(structuredClone(withImageSize(document, size, size) ?? document));
      expect(macs).toBe(alone.totals.macs);
      expect(errors.map(({ id }) => id).toSorted()).toEqual(
        alone.problems.filter(({ severity }) => severity === 'error').map(({ id }) => id).toSorted(), // prettier-ignore
      );
    }
  });

  it.each(Object.entries(families))('of %s agrees with an inference at each size', (_family, build) => {
    const document = build();
    for (const { size, errors, macs, parameters } of sweepSizes(document, { from: 1, to: 75, step: 1 }) ?? []) {
      const { problems, totals } = analyze(withImageSize(document, size, size) ?? document);
      const alone = problems.filter(({ severity }) => severity === 'error').map(({ id }) => id);
      expect(errors.map(({ id }) => id).toSorted(), String(size)).toEqual(alone.toSorted());
      if (alone.length === 0) expect([size, macs, parameters]).toEqual([size, totals.macs, totals.parameters]);
    }
  });

  it('a ResNet takes every size', () => {
    const swept = sweepSizes(buildTemplate(resnet2015, 'r', { layers: 18 }), { from: 32, to: 256, step: 7 });
    expect(swept?.flatMap(({ errors }) => errors)).toEqual([]);
  });
});

it('sizesInWords joins what follows each other', () => {
  expect(sizesInWords([32, 33, 34, 40], 1)).toBe('32–34, 40');
  expect(sizesInWords([32, 64, 96, 160], 32)).toBe('32–96, 160');
  expect(sizesInWords([1, 3, 5], 1, 2)).toBe('1, 3 and 1 more');
});
