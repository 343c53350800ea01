import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../document/parse';
import { serializeDocument } from '../../document/serialize';
import { formatShape } from '../../graph/tensor';
import { analyze } from '../../infer/analyze';
import { templates } from './index';
import { vgg } from './classic';
import { unet } from './images';
import { isAsPublished, publishedInWords } from './published';
import { cifarResnet, resnet } from './resnet';
import { buildTemplate } from './template';

const variants = templates.flatMap((template) =>
  (template.layers.length > 0 ? template.layers : [template.defaults.layers]).map((layers) => ({
    name: `${template.id} ${layers}`,
    template,
    layers,
  })),
);

describe.each(variants)('$name', ({ template, layers }) => {
  const document = buildTemplate(template, 'test', { layers });
  const analysis = analyze(document);

  it('has no problem, and every size is known', () => {
    expect(analysis.problems.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(analysis.totals.leftOut).toBe(0);
  });

  const published = template.published[layers];
  if (published) {
    it(`has the ${published.parameters} trained parameters that were published, less what is told to differ`, () => {
      const counted = analysis.totals.trainableParameters;
      expect(isAsPublished(published, counted), String(counted)).toBe(true);
      expect(isAsPublished(published, Math.round(counted * 1.03))).toBe(false);
    });
  }

  it('has no problem with channels first', () => {
    expect(analyze(buildTemplate(template, 'test', { layers, dataFormat: 'channelsFirst' })).problems).toEqual([]);
  });

  it('comes back from a file as it was', () => {
    const parsed = parseDocument(serializeDocument(document));
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(parsed.value.notices).toEqual([]);
    expect(parsed.value.document).toEqual(document);
  });

  it('has no two layers in one place', () => {
    for (const { nodes } of [document.graph, ...Object.values(document.blocks).map(({ graph }) => graph)]) {
      const places = Object.values(nodes).map(({ position }) => `${position.x},${position.y}`);
      expect(new Set(places).size).toBe(places.length);
    }
  });
});

it.each([
  [resnet, 18, 11_691_816, '4,096 for a projection in the first stage, less 1,792 since projections have no norms of their own'],
  [
    resnet,
    50,
    25_549_352,
    'Published: 25,557,032 (the network of 2015, torchvision, trained on ImageNet with 1,000 classes). Here 7,680 fewer',
  ],
  [resnet, 200, 64_666_152, 'As many parameters as published: 64.7 million'],
  [cifarResnet, 20, 272_538, 'Published: 0.27 million (table 6 of the paper of 2015). Here 2,816 more'],
  [unet, 23, 7_762_018, 'Published: 31,030,658 (counted in figure 1 of the paper). Here 23,268,640 fewer'],
  [vgg, 16, 138_357_544, 'As many parameters as published: 138,357,544 (torchvision).'],
] as const)('the published count is told in words (%#)', (template, layers, counted, words) => {
  expect(publishedInWords(template, { ...template.defaults, layers }, counted)).toContain(words);
  expect(publishedInWords(template, { ...template.defaults, layers, outputSize: 3 }, counted)).toBeUndefined();
});

/** Convolutions, and of each its biases: 3×3 but for those of the way up, of 2×2, and the last one. */
it('the U-Net of the paper has the parameters of its figure', () => {
  const conv = (kernel: number, from: number, to: number) => kernel * kernel * from * to + to;
  const widths = [64, 128, 256, 512, 1024];
  const down = widths.map((width, level) => conv(3, widths[level - 1] ?? 1, width) + conv(3, width, width));
  const up = widths.slice(1).map((wide) => conv(2, wide, wide / 2) + conv(3, wide, wide / 2) + conv(3, wide / 2, wide / 2));
  expect([...down, ...up].reduce((sum, count) => sum + count, conv(1, 64, 2))).toBe(unet.published[23]?.parameters);
});

describe('the residual family', () => {
  /** From the network's table: convolutions, norms of four numbers a channel of which two are trained, and the scores. */
  function counted(stages: readonly number[], isDeep: boolean): number {
    const norms = (channels: number) => 2 * channels;
    let total = 7 * 7 * 3 * 64;
    let channels = 64;
    stages.forEach((count, stage) => {
      const filters = 64 * 2 ** stage;
      const wide = isDeep ? 4 * filters : filters;
      for (let block = 0; block < count; block += 1) {
        total += norms(channels) + (block === 0 ? channels * wide : 0);
        total += isDeep
          ? channels * filters + norms(filters) + 9 * filters * filters + norms(filters) + filters * wide
          : 9 * channels * filters + norms(filters) + 9 * filters * filters;
        channels = wide;
      }
    });
    return total + norms(channels) + channels * 1000 + 1000;
  }

  it.each([
    [18, [2, 2, 2, 2], false],
    [34, [3, 4, 6, 3], false],
    [50, [3, 4, 6, 3], true],
    [101, [3, 4, 23, 3], true],
    [152, [3, 8, 36, 3], true],
    [200, [3, 24, 36, 3], true],
  ] as const)('ResNet-%i has the parameters of its table', (layers, stages, isDeep) => {
    expect(analyze(buildTemplate(resnet, 'test', { layers })).totals.trainableParameters).toBe(counted(stages, isDeep));
  });

  it.each([
    ['channelsLast', '112×112×64', '56×56×256', '7×7×2048'],
    ['channelsFirst', '64×112×112', '256×56×56', '2048×7×7'],
  ] as const)('ResNet-50 has the sizes of its table, %s', (dataFormat, first, stage1, last) => {
    const { nodes, order, flat } = analyze(buildTemplate(resnet, 'test', { layers: 50, dataFormat }));
    const at = (name: string) => {
      const path = order.find((each) => flat.nodes.get(each)?.name === name);
      const type = path === undefined ? undefined : nodes.get(path)?.outputs['y'];
      return type && formatShape(type.shape);
    };
    expect([at('conv1'), at('stage1[3]/add'), at('stage4[3]/add')]).toEqual([first, stage1, last]);
  });

  it.each([
    [resnet, {}, { minAspectDim: 256, resizeDim: 224, randomFlip: true, colours: 'rgb' }],
    [resnet, { inputSize: 97 }, { minAspectDim: 111, resizeDim: 97 }],
    [resnet, { inputSize: 97, minAspectDim: 128 }, { minAspectDim: 128, resizeDim: 97 }],
    [cifarResnet, {}, { minAspectDim: 32, resizeDim: 32, randomFlip: true }],
    [vgg, {}, { minAspectDim: 256, resizeDim: 224, randomFlip: true, colours: 'rgb' }],
  ])('brings the images of its data to its input (%#)', (template, options, preprocessing) => {
    const { graph } = buildTemplate(template, 'test', options);
    expect(Object.values(graph.nodes).find(({ type }) => type === 'input')?.params).toMatchObject(preprocessing);
  });

  it.each([32, 64, 97, 224, 225])('holds at an input of %i', (inputSize) => {
    const { problems } = analyze(buildTemplate(resnet, 'test', { layers: 18, inputSize }));
    // At 32 the last stage is down to 1×1, which is told.
    const codes = problems.map(({ code }) => code).filter((code) => !(inputSize === 32 && code === 'practice/downsampled-early'));
    expect(codes).toEqual([]);
  });
});
