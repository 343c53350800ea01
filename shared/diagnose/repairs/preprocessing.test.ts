import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../graph/applyEdits';
import type { Params } from '../../graph/graph';
import { analyze } from '../../infer/analyze';
import { networkOf } from '../../testing/networks';
import { repairsFor } from './repairs';

function network(params: Params, dataFormat: 'channelsLast' | 'channelsFirst' = 'channelsLast') {
  return networkOf({ image: ['input', params], relu: ['relu'], end: ['output'] }, ['image → relu → end'], dataFormat);
}

const codesOf = (document: ReturnType<typeof network>) => analyze(document).problems.map(({ code, severity }) => `${severity} ${code}`);

describe('a preprocessing that does not fit its input', () => {
  it.each<[string, Params, string, readonly string[]]>([
    [
      'makes other sizes',
      { shape: [224, 224, 3], minAspectDim: 128, resizeDim: 112 },
      'warning param/other-image-size',
      ['image: resize to 128 → 224, crop to 112 → 224', 'image: shape 224×224×3 → 112×112×3'],
    ],
    ['is for no square', { shape: [96, 128, 3], resizeDim: 96 }, 'warning param/other-image-size', ['image: shape 96×128×3 → 96×96×3']],
    [
      'makes other colours',
      { shape: [32, 32, 1], resizeDim: 32, colours: 'rgb' },
      'warning param/other-image-size',
      ['image: colours rgb → grey', 'image: shape 32×32×1 → 32×32×3'],
    ],
    [
      'cuts out more than there is',
      { shape: [224, 224, 3], minAspectDim: 200, resizeDim: 224 },
      'error param/crop-larger-than-image',
      ['image: resize to 200 → 224'],
    ],
  ])('%s: told, with repairs that hold', (_what, params, code, titles) => {
    const document = network(params);
    expect(codesOf(document)).toEqual([code]);
    const analysis = analyze(document);
    const [problem] = analysis.problems;
    const repairs = problem ? repairsFor(document, analysis, problem) : [];
    for (const title of titles) expect(repairs.map((repair) => repair.title)).toContain(title);
    for (const { edits, title } of repairs) expect(codesOf(applyEdits(document, edits)), title).toEqual([]);
  });

  it('is not told where sizes are letters, channels come first, or it fits', () => {
    expect(codesOf(network({ shape: ['H', 'W', 3], resizeDim: 96 }))).toEqual([]);
    expect(codesOf(network({ shape: [3, 96, 96], minAspectDim: 112, resizeDim: 96, colours: 'rgb' }, 'channelsFirst'))).toEqual([]);
    expect(codesOf(network({ shape: [32, 32, 3], minAspectDim: 32, colours: 'asTheyAre' }))).toEqual([]);
  });
});
