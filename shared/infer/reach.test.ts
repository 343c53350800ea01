import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawing } from '../blocks/drawing';
import { vgg } from '../blocks/templates/classic';
import { unet } from '../blocks/templates/images';
import { resnet2015 } from '../blocks/templates/resnet';
import { buildTemplate, documentOf } from '../blocks/templates/template';
import type { SkipDocument } from '../document/document';
import { analyze } from './analyze';
import { axisAtInput, seenThrough, sizeOf, strideOf, union, type AxisReach, type AxisWindow } from './axisReach';
import { lastLocal, receptiveField } from './reach';

/** As the paper of 2015 has it, and the networks whose receptive fields were published: strides in the first 1×1 convolution. */
function stridesFirst(document: SkipDocument): SkipDocument {
  const blocks = Object.entries(document.blocks).map(([id, block]) => {
    const nodes = Object.entries(block.graph.nodes).map(([key, node]) => {
      const other = { conv1: 'conv2', conv2: 'conv1' }[node.name];
      const strides = other && Object.values(block.graph.nodes).find(({ name }) => name === other)?.params['strides'];
      return [key, strides === undefined ? node : { ...node, params: { ...node.params, strides } }];
    });
    return [id, { ...block, graph: { ...block.graph, nodes: Object.fromEntries(nodes) as typeof block.graph.nodes } }];
  });
  return { ...document, blocks: Object.fromEntries(blocks) as SkipDocument['blocks'] };
}

const lastField = (document: SkipDocument) => lastLocal(analyze(document))?.field;

describe('published receptive fields', () => {
  // Araujo, Norris & Sim 2019, table of section "Receptive fields of modern networks": size and stride.
  it.each([
    [50, 483],
    [101, 1027],
    [152, 1507],
  ])('ResNet-%i: %i, stride 32', (layers, size) => {
    const field = lastField(stridesFirst(buildTemplate(resnet2015, 'r', { layers })));
    expect(field).toMatchObject({ size: [size, size], strides: [32, 32] });
  });

  it('VGG-16: 212, stride 32', () => {
    const document = buildTemplate(vgg, 'v', { layers: 16 });
    expect(lastField(document)).toMatchObject({ size: [212, 212], strides: [32, 32] });
  });

  it('ResNet-50 with its strides in the 3×3 convolutions: 427, counted by hand', () => {
    // 1 + 6 + 2·2 + 3·2·4 + (2·4 + 3·2·8) + (2·8 + 5·2·16) + (2·16 + 2·2·32)
    expect(lastField(buildTemplate(resnet2015, 'r', { layers: 50 }))).toMatchObject({ size: [427, 427], strides: [32, 32] });
  });
});

describe('receptiveField', () => {
  it('says where the first position looks, and that after a global pooling it is the whole input', () => {
    const d = drawing();
    const image = d.add('image', 'input', { shape: [224, 224, 3] });
    const conv = d.add('conv', 'conv2d', { filters: 8, kernelSize: [7, 3], strides: [2, 1], padding: 'consistent' }, image);
    d.add('out', 'output', {}, d.add('pool', 'globalAveragePooling2d', {}, conv));
    const analysis = analyze(documentOf(d));
    expect(receptiveField(analysis, pathOf(analysis, 'conv'))).toEqual({ size: [7, 3], strides: [2, 1], centre: [0, 0] });
    expect(receptiveField(analysis, pathOf(analysis, 'pool'))).toBe('whole');
  });

  it('is known where the size of the image is not, but for where it lies if that depends on the size', () => {
    const d = drawing();
    const image = d.add('image', 'input', { shape: ['H', 'W', 3] });
    const conv = d.add('conv', 'conv2d', { filters: 8, kernelSize: [3, 3], padding: 'same' }, image);
    const pool = d.add('pool', 'maxPooling2d', { poolSize: [3, 3], strides: [2, 2], padding: 'same' }, conv);
    d.add('out', 'output', {}, d.add('last', 'conv2d', { filters: 8, kernelSize: [3, 3], padding: 'same' }, pool));
    const analysis = analyze(documentOf(d));
    expect(receptiveField(analysis, pathOf(analysis, 'conv'))).toEqual({ size: [3, 3], strides: [1, 1], centre: [0, 0] });
    expect(receptiveField(analysis, pathOf(analysis, 'last'))).toEqual({ size: [9, 9], strides: [2, 2], centre: undefined });
  });

  it('joins the paths of a U-Net at the stride of the input', () => {
    const field = lastField(buildTemplate(unet, 'u'));
    expect(field?.strides).toEqual([1, 1]);
    expect(field?.size[0]).toBeGreaterThan(100);
  });

  it('of a block is that of its result', () => {
    const analysis = analyze(buildTemplate(resnet2015, 'r', { layers: 18 }));
    // 1 + 6 + 2·2 and four 3×3 convolutions at stride 4.
    expect(receptiveField(analysis, pathOf(analysis, 'stage1'))).toMatchObject({ size: [43, 43], strides: [4, 4] });
  });
});

function pathOf(analysis: ReturnType<typeof analyze>, name: string): string {
  return [...analysis.nodes.values()].find((node) => node.name === name)?.path ?? '';
}

const windowOf = fc
  .record({ size: fc.integer({ min: 1, max: 7 }), stride: fc.integer({ min: 1, max: 4 }), enlarge: fc.integer({ min: 1, max: 3 }) })
  .chain((window) => fc.record({ ...asConstants(window), before: fc.integer({ min: -2, max: window.size }) }));

function asConstants({ size, stride, enlarge }: { size: number; stride: number; enlarge: number }) {
  // A window that is smaller than it enlarges leaves positions that see nothing.
  return { size: fc.constant(Math.max(size, enlarge)), stride: fc.constant(stride), enlarge: fc.constant(enlarge) };
}

/** The ends of what a position sees, by asking each layer in turn, back to the input. */
function seen(windows: readonly AxisWindow[], position: number): { low: number; high: number } {
  return windows.toReversed().reduce(
    ({ low, high }, { size, stride, before, enlarge }) => {
      const inputs: number[] = [];
      for (const at of [low, high])
        for (let tap = 0; tap < size; tap += 1) {
          const place = at * stride - before + tap;
          if (((place % enlarge) + enlarge) % enlarge === 0) inputs.push(place / enlarge);
        }
      return { low: Math.min(...inputs), high: Math.max(...inputs) };
    },
    { low: position, high: position },
  );
}

describe('axisReach', () => {
  const behind = (windows: readonly AxisWindow[]) =>
    windows.reduce<AxisReach | undefined>((from, window) => from && seenThrough(from, window), axisAtInput);

  it('agrees with asking every layer in turn, at every position', () => {
    fc.assert(
      fc.property(fc.array(windowOf, { minLength: 1, maxLength: 5 }), (windows) => {
        const reach = behind(windows) as AxisReach;
        for (let position = 0; position < 2 * reach.phases.length; position += 1) {
          const { low, high } = reach.phases[position % reach.phases.length] as { low: number; high: number };
          const moved = Math.floor(position / reach.phases.length) * reach.advance;
          expect({ low: low + moved, high: high + moved }).toEqual(seen(windows, position));
        }
      }),
    );
  });

  it('joins paths that go on at the same pace only', () => {
    const down = behind([{ size: 3, stride: 2, before: 1, enlarge: 1 }]) as AxisReach;
    const back = behind([
      { size: 3, stride: 2, before: 1, enlarge: 1 },
      { size: 2, stride: 1, before: 1, enlarge: 2 },
    ]) as AxisReach;
    expect(union(down, axisAtInput)).toBeUndefined();
    const both = union(back, axisAtInput) as AxisReach;
    expect([sizeOf(both), strideOf(both)]).toEqual([3, 1]);
  });
});
