import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../document/parse';
import { serializeDocument } from '../../document/serialize';
import type { Params } from '../../graph/graph';
import { formatShape } from '../../graph/tensor';
import { analyze } from '../../infer/analyze';
import { networkOf } from '../../testing/networks';
import type { WithUses } from '../drawing';
import { libraryBlocks, withLibraryBlock } from './index';
import { convNext } from './convNext';
import { denseBlock, denseLayer, transition } from './dense';
import { inception } from './inception';
import { invertedOpening, invertedResidual } from './inverted';
import { plainBasic, plainBottleneck } from './plain';
import {
  postActivationBasic,
  postActivationBasicProjection,
  postActivationBottleneck,
  postActivationBottleneckProjection,
} from './postActivation';
import { residualBasic } from './residualBasic';
import { residualBottleneck } from './residualBottleneck';
import { squeezeExciteResidual } from './squeezeExcite';
import { postNormEncoder, transformerEncoder } from './transformer';
import { unetStage, unetWayUp } from './unet';

type Shapes = Readonly<Record<string, readonly number[]>>;

/** An instance with an input of the network at each of its inputs, and an output. */
function withInstance(definition: WithUses = residualBasic, params: Params = {}, shapes: Shapes = { x: [56, 56, 64] }) {
  const inputs = Object.entries(shapes).map(([port, shape]) => [`in_${port}`, ['input', { shape }]] as const);
  const start = networkOf({ ...Object.fromEntries(inputs), end: ['output'] }, []);
  const { document, block } = withLibraryBlock(start, definition);
  const node = { id: 'b', type: 'block', name: 'b', block, params, position: { x: 0, y: 0 } };
  const wire = (id: string, from: string, to: string, port: string) => ({ id, from: { node: from, port: 'y' }, to: { node: to, port } });
  const wires = [...Object.keys(shapes).map((port) => wire(`to_${port}`, `in_${port}`, 'b', port)), wire('out', 'b', 'end', 'x')];
  return {
    ...document,
    graph: { nodes: { ...document.graph.nodes, b: node }, edges: Object.fromEntries(wires.map((each) => [each.id, each])) },
  };
}

function shapeOf(definition: WithUses, params: Params, shapes?: Shapes) {
  const { nodes, problems, totals } = analyze(withInstance(definition, params, shapes));
  const type = nodes.get('b')?.outputs['y'];
  return {
    shape: type && formatShape(type.shape),
    problems: problems.map(({ code, message }) => `${code} ${message}`),
    parameters: totals.trainableParameters,
  };
}

interface Counted {
  readonly block: WithUses;
  readonly params?: Params;
  readonly shapes: Shapes;
  readonly shape: string;
  /** By hand, from the papers’ figures: kernels, biases, and two trained numbers for each channel of a norm. */
  readonly parameters: number;
}

const image = { x: [56, 56, 64] };
const opening = { filters: 128, strides: 2 };
const projected = { ...opening, project: true };
const bottleneck = { filters: 16 };
const norm = (channels: number) => 2 * channels;

const counted: readonly Counted[] = [
  { block: residualBasic, shapes: image, shape: '56×56×64', parameters: 2 * 9 * 64 * 64 + 2 * norm(64) },
  {
    block: residualBasic,
    params: projected,
    shapes: image,
    shape: '28×28×128',
    parameters: norm(64) + 64 * 128 + 9 * 64 * 128 + norm(128) + 9 * 128 * 128,
  },
  {
    block: residualBottleneck,
    params: bottleneck,
    shapes: image,
    shape: '56×56×64',
    parameters: norm(64) + 64 * 16 + norm(16) + 9 * 16 * 16 + norm(16) + 16 * 64,
  },
  { block: plainBasic, shapes: image, shape: '56×56×64', parameters: 2 * 9 * 64 * 64 + 2 * norm(64) },
  {
    block: plainBottleneck,
    params: bottleneck,
    shapes: image,
    shape: '56×56×64',
    parameters: norm(64) + 64 * 16 + norm(16) + 9 * 16 * 16 + norm(16) + 16 * 64,
  },
  { block: postActivationBasic, shapes: image, shape: '56×56×64', parameters: 2 * 9 * 64 * 64 + 2 * norm(64) },
  {
    block: postActivationBasicProjection,
    params: opening,
    shapes: image,
    shape: '28×28×128',
    parameters: 9 * 64 * 128 + norm(128) + 9 * 128 * 128 + norm(128) + 64 * 128 + norm(128),
  },
  {
    block: postActivationBottleneck,
    params: bottleneck,
    shapes: image,
    shape: '56×56×64',
    parameters: 64 * 16 + norm(16) + 9 * 16 * 16 + norm(16) + 16 * 64 + norm(64),
  },
  {
    block: postActivationBottleneckProjection,
    params: { filters: 32, strides: 2 },
    shapes: image,
    shape: '28×28×128',
    parameters: 64 * 32 + norm(32) + 9 * 32 * 32 + norm(32) + 32 * 128 + norm(128) + 64 * 128 + norm(128),
  },
  {
    block: squeezeExciteResidual,
    shapes: image,
    shape: '56×56×64',
    parameters: 2 * 9 * 64 * 64 + 2 * norm(64) + (64 * 4 + 4) + (4 * 64 + 64),
  },
  {
    block: invertedResidual,
    shapes: { x: [28, 28, 24] },
    shape: '28×28×24',
    parameters: 24 * 144 + norm(144) + 9 * 144 + norm(144) + 144 * 24 + norm(24),
  },
  {
    block: invertedOpening,
    params: { strides: 2 },
    shapes: { x: [56, 56, 16] },
    shape: '28×28×24',
    parameters: 16 * 96 + norm(96) + 9 * 96 + norm(96) + 96 * 24 + norm(24),
  },
  {
    // As the first of torchvision's ConvNeXt-Tiny.
    block: convNext,
    shapes: { x: [56, 56, 96] },
    shape: '56×56×96',
    parameters: 49 * 96 + 96 + norm(96) + 96 * 384 + 384 + 384 * 96 + 96 + 96,
  },
  {
    block: denseBlock,
    params: { layers: 3 },
    shapes: image,
    shape: '56×56×160',
    parameters: [64, 96, 128].reduce((sum, wide) => sum + norm(wide) + wide * 128 + norm(128) + 9 * 128 * 32, 0),
  },
  { block: transition, params: { filters: 32 }, shapes: image, shape: '28×28×32', parameters: norm(64) + 64 * 32 },
  {
    block: inception,
    shapes: { x: [28, 28, 192] },
    shape: '28×28×256',
    // GoogLeNet's 3a as it is in Keras, with biases.
    parameters: 163_696,
  },
  { block: unetStage, shapes: image, shape: '56×56×64', parameters: 2 * (9 * 64 * 64 + norm(64)) },
  {
    block: unetWayUp,
    shapes: { x: [28, 28, 128], skip: [56, 56, 64] },
    shape: '56×56×64',
    parameters: 4 * 128 * 64 + 9 * 128 * 64 + norm(64) + 9 * 64 * 64 + norm(64),
  },
  {
    block: transformerEncoder,
    params: { width: 192, heads: 3, hidden: 768 },
    shapes: { x: [197, 192] },
    shape: '197×192',
    // A block of DeiT-Tiny.
    parameters: 444_864,
  },
  {
    block: postNormEncoder,
    params: { width: 32, heads: 2, keyDim: 32, hidden: 32 },
    shapes: { x: [200, 32] },
    shape: '200×32',
    // Three projections to two heads, one back, two dense layers, two norms.
    parameters: 3 * (32 * 64 + 64) + (64 * 32 + 32) + 2 * (32 * 32 + 32) + 2 * norm(32),
  },
];

describe('a block of the library', () => {
  it.each(counted.map((each) => [each.block.name, each.shape, each] as const))(
    '%s gives %s with the parameters that were counted by hand, and no problem',
    (_name, shape, { block, params = {}, shapes, parameters }) => {
      expect(shapeOf(block, params, shapes)).toEqual({ shape, problems: [], parameters });
    },
  );

  it('without the projection that it needs says what is wrong', () => {
    expect(shapeOf(residualBasic, { filters: 128 }).problems).not.toEqual([]);
  });

  it('is counted, every one', () => {
    expect(new Set(counted.map(({ block }) => block))).toEqual(new Set(libraryBlocks));
  });
});

describe('the library', () => {
  it.each(libraryBlocks.map((block) => [block.name, block] as const))('%s comes back from a file as it was', (_name, block) => {
    const document = withInstance(block);
    expect(document.blocks[block.id]?.graph.nodes).toEqual(block.graph.nodes);
    const read = parseDocument(serializeDocument(document));
    expect(read.ok && read.value.document.blocks).toEqual(document.blocks);
  });

  it('takes a definition in once, and leaves another one of its id alone', () => {
    const once = withLibraryBlock(networkOf({}, []), residualBasic);
    expect(withLibraryBlock(once.document, residualBasic)).toEqual(once);
    const changed = { ...residualBasic, parameters: [] };
    const beside = withLibraryBlock({ ...once.document, blocks: { residualBasic: changed } }, residualBasic);
    expect(beside.document.blocks['residualBasic']).toBe(changed);
    expect(beside).toMatchObject({ block: 'residualBasic-2', document: { blocks: { 'residualBasic-2': { name: 'residual 2' } } } });
  });

  it('takes in the definitions that a block is built of, under free ids', () => {
    const other = { ...denseLayer, parameters: [] };
    const start = networkOf({}, []);
    const { document, block } = withLibraryBlock({ ...start, blocks: { denseLayer: other } }, denseBlock);
    const inner = Object.values(document.blocks[block]?.graph.nodes ?? {}).flatMap((node) => node.block ?? []);
    expect(inner).toEqual(['denseLayer-2']);
    expect(document.blocks['denseLayer']).toBe(other);
    expect(document.blocks['denseLayer-2']?.graph).toEqual(denseLayer.graph);
    expect(withLibraryBlock(document, denseBlock)).toEqual({ document, block });
  });
});
