import { describe, expect, it } from 'vitest';
import { vgg } from '../blocks/templates/classic';
import { densenet } from '../blocks/templates/dense';
import { resnet2015 } from '../blocks/templates/resnet';
import { buildTemplate, type Template } from '../blocks/templates/template';
import { networkOf } from '../testing/networks';
import { analyze } from './analyze';
import { activationMemory, intensityOf, memoryOf } from './memory';

describe('multiply-accumulates against torchvision’s published GFLOPs', () => {
  // Its model pages' "GFLOPS" are multiply-accumulates of convolutions and dense layers at 224×224, with two decimals,
  // truncated for some and rounded for others: so the tolerance is one hundredth.
  it.each<[string, Template, number, number]>([
    ['ResNet-18', resnet2015, 18, 1.81],
    ['ResNet-34', resnet2015, 34, 3.66],
    ['ResNet-50', resnet2015, 50, 4.09],
    ['ResNet-101', resnet2015, 101, 7.8],
    ['ResNet-152', resnet2015, 152, 11.51],
    ['VGG-16', vgg, 16, 15.47],
    ['DenseNet-121', densenet, 121, 2.83],
  ])('%s', (_name, template, layers, published) => {
    const { totals } = analyze(buildTemplate(template, 'n', { layers }));
    expect(Math.abs(totals.macs / 1e9 - published)).toBeLessThanOrEqual(0.01);
  });
});

describe('activationMemory', () => {
  const analysis = analyze(buildTemplate(vgg, 'v', { layers: 16 }));
  const memory = activationMemory(analysis);
  const path = (name: string) => [...analysis.nodes.values()].find((node) => node.name === name)?.path ?? '';

  it('is at its peak in inference where VGG-16 has two results of 224×224×64', () => {
    expect(memory?.peak).toBe(2 * 224 * 224 * 64 * 4);
  });

  it('keeps for training what the gradients of VGG-16 need, counted by hand', () => {
    const stages = [
      [224, 64, 2],
      [112, 128, 2],
      [56, 256, 3],
      [28, 512, 3],
      [14, 512, 3],
    ] as const;
    // The image, each rectifier's result, each pooling's; the dense layers' rectifiers and dropouts; the probabilities.
    const images = stages.reduce((sum, [size, filters, count]) => sum + size * size * filters * (count + 1 / 4), 224 * 224 * 3);
    expect(memory?.training).toBe(4 * (images + 4 * 4096 + 1000));
  });

  it('says what a layer takes, and how much it computes for each byte', () => {
    expect(memoryOf(analysis, path('conv1_2'))).toEqual({ result: 224 * 224 * 64 * 4, held: 2 * 224 * 224 * 64 * 4, kept: 0 });
    const macs = 224 * 224 * 64 * 64 * 9;
    const bytes = 4 * (2 * 224 * 224 * 64 + 64 * 64 * 9 + 64);
    expect(intensityOf(analysis, path('conv1_2'))).toBeCloseTo((2 * macs) / bytes, 10);
  });

  it('of what is not known says so, and of what is known says as much as it can', () => {
    const broken = analyze(
      networkOf(
        { image: ['input', { shape: [8, 8, 3] }], conv: ['conv2d', { filters: 4, padding: 'same' }], sum: ['add'], next: ['relu'] },
        ['image → conv → sum:inputs.0', 'image → sum:inputs.1', 'sum → next'],
      ),
    );
    expect(activationMemory(broken)).toBeUndefined();
    expect(memoryOf(broken, 'conv')).toEqual({ result: 8 * 8 * 4 * 4, held: undefined, kept: undefined });
    expect([memoryOf(broken, 'sum'), memoryOf(broken, 'next')]).toEqual([undefined, undefined]);
  });

  it('of a block is that of what is inside', () => {
    const network = analyze(buildTemplate(resnet2015, 'r', { layers: 18 }));
    const stages = [...network.nodes.values()].filter((node) => /^stage\d(_first)?$/.test(node.name));
    expect(stages).toHaveLength(7);
    const inside = stages.map((node) => memoryOf(network, node.path)?.kept ?? 0).reduce((sum, kept) => sum + kept, 0);
    expect(inside).toBeGreaterThan(0);
    expect(inside).toBeLessThan(activationMemory(network)?.training ?? 0);
  });
});
