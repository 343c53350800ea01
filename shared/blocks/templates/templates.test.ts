import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../document/parse';
import { serializeDocument } from '../../document/serialize';
import { formatShape } from '../../graph/tensor';
import { analyze } from '../../infer/analyze';
import { templates } from './index';
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
    it(`has ${published.parameters} trained parameters, as published`, () => {
      expect(analysis.totals.trainableParameters).toBe(published.parameters);
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
