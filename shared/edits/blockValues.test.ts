import { describe, expect, it } from 'vitest';
import { libraryBlocks, withLibraryBlock } from '../blocks/library/index';
import type { GraphEdge, GraphNode } from '../graph/graph';
import { nothingTaken, portsOf } from '../graph/ports';
import { analyze } from '../infer/analyze';
import { networkOf } from '../testing/networks';
import { blockValues } from './blockValues';

const image = (channels: number, size = 28) => networkOf({ image: ['input', { shape: [size, size, channels] }] }, []);

/** What a block of the library starts with behind an input of so many channels, and whether anything is wrong then. */
function starting(name: string, channels: number) {
  const definition = libraryBlocks.find((each) => each.name === name);
  if (!definition) throw new Error(`there is no ${name}`);
  const { document, block } = withLibraryBlock(image(channels), definition);
  const own = document.blocks[block] as NonNullable<(typeof document.blocks)[string]>;
  const values = blockValues(document, document.graph, own, 'image', analyze(document).nodes.get('image')?.outputs['y']);
  const node: GraphNode = { id: 'b', type: 'block', block, name: 'b', params: values, position: { x: 0, y: 0 } };
  const port = portsOf(node, document.blocks, nothingTaken).inputs[0]?.id ?? '';
  const edge: GraphEdge = { id: 'e', from: { node: 'image', port: 'y' }, to: { node: 'b', port } };
  const wired = { ...document, graph: { nodes: { ...document.graph.nodes, b: node }, edges: { e: edge } } };
  return { values, errors: analyze(wired).problems.filter(({ severity }) => severity === 'error') };
}

describe('a block of the library, behind what it is wired to', () => {
  it.each([
    ['residual', 32, { filters: 32 }],
    ['residual', 64, { filters: 64 }],
    ['residual bottleneck', 256, { filters: 64 }],
    ['post-act residual', 128, { filters: 128 }],
    ['post-act bottleneck', 512, { filters: 128 }],
    ['SE residual', 48, { filters: 48 }],
    ['ConvNeXt', 192, { filters: 192 }],
    ['inverted residual', 40, { filters: 40 }],
  ])('%s takes %i channels: %j', (name, channels, values) => {
    expect(starting(name, channels)).toMatchObject({ values, errors: [] });
  });

  it('keeps its own width behind an image, where that holds', () => {
    expect(starting('plain', 3)).toEqual({ values: {}, errors: [] });
    expect(starting('U-Net stage', 1)).toEqual({ values: {}, errors: [] });
    // An identity has no choice.
    expect(starting('residual', 3)).toEqual({ values: { filters: 3 }, errors: [] });
  });

  it('takes the values of the nearest instance of the same block, where they hold', () => {
    const plain = libraryBlocks.find(({ name }) => name === 'plain') as (typeof libraryBlocks)[number];
    const { document, block } = withLibraryBlock(image(8), plain);
    const before: GraphNode = { id: 'p', type: 'block', block, name: 'p', params: { filters: 24 }, position: { x: 0, y: 0 } };
    const type = { dtype: 'float32', shape: ['N' as never, 28, 28, 24] } as const;
    const graph = { nodes: { ...document.graph.nodes, p: before }, edges: {} };
    const own = document.blocks[block] as NonNullable<(typeof document.blocks)[string]>;
    expect(blockValues(document, graph, own, 'p', type)).toEqual({ filters: 24 });
  });

  it('starts with its defaults where nothing is known', () => {
    const { document, block } = withLibraryBlock(image(3), libraryBlocks[0] as (typeof libraryBlocks)[number]);
    const own = document.blocks[block] as NonNullable<(typeof document.blocks)[string]>;
    expect(blockValues(document, document.graph, own, undefined, undefined)).toEqual({});
  });
});
