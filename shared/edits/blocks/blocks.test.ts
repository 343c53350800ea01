import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { substitute } from '../../blocks/expression/substitute';
import type { SkipDocument } from '../../document/document';
import { cifarResnet } from '../../blocks/templates/resnet';
import { buildTemplate } from '../../blocks/templates/template';
import { NODE_WIDTH, overlaps } from '../../picture/geometry';
import { formatShape } from '../../graph/tensor';
import { analyze } from '../../infer/analyze';
import { residualNetwork } from '../../testing/networks';
import {
  blockNameProblem,
  makeUnique,
  parameterNameProblem,
  removeParameter,
  removeUnused,
  setParameters,
  unusedBlocks,
} from './definitions';
import { groupIntoBlock } from './group';
import { unpackBlock } from './unpack';

/** Each layer by the last part of its name, with its shapes and what feeds it: what a network computes. */
function meaning(document: SkipDocument): string[] {
  const { flat, nodes, problems } = analyze(document);
  const last = (path: string) => (flat.nodes.get(path)?.name ?? path).split('/').at(-1) ?? '';
  const layers = [...flat.nodes.values()].map(({ path, params }) => {
    const wires = (flat.incoming.get(path) ?? []).map(({ from, to }) => `${to.port}<${last(from.node)}.${from.port}`);
    const shapes = Object.entries(nodes.get(path)?.outputs ?? {}).map(([port, { shape }]) => `${port}:${formatShape(shape)}`);
    return [last(path), JSON.stringify(params), ...shapes, ...wires.sort()].join(' ');
  });
  return [...layers.sort(), ...problems.map(({ code }) => code)];
}

const before = residualNetwork();
const inner = Object.keys(before.graph.nodes).filter((id) => id !== 'image' && id !== 'digit');
const block1 = ['shortcut1', 'conv1a', 'preActivation1', 'conv1b', 'add1'];

function grouped(document: SkipDocument, ids: readonly string[]) {
  const result = groupIntoBlock(document, 'network', new Set(ids), 'residual block');
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

describe('layers grouped into a block', () => {
  it('have the ports that their wires need, and compute the same', () => {
    const { document, instance, block } = grouped(before, block1);
    expect(meaning(document)).toEqual(meaning(before));
    expect(Object.keys(document.graph.nodes)).toHaveLength(Object.keys(before.graph.nodes).length - 4);
    const ends = Object.values(document.blocks[block]?.graph.nodes ?? {}).filter(({ type }) => type.startsWith('block'));
    expect(ends.map(({ type, name }) => `${type} ${name}`)).toEqual(['blockInput x', 'blockOutput y']);
    expect(document.graph.nodes[instance]).toMatchObject({ type: 'block', name: 'residual block' });
  });

  it('are whichever can be, and come out of it again as they were', () => {
    fc.assert(
      fc.property(fc.subarray(inner, { minLength: 1 }), (ids) => {
        const result = groupIntoBlock(before, 'network', new Set(ids), 'part');
        if (!result.ok) {
          expect(result.error).toContain('lies between the selected layers');
          return;
        }
        const { document, instance } = result.value;
        expect(meaning(document)).toEqual(meaning(before));
        const unpacked = unpackBlock(document, 'network', instance);
        if (!unpacked.ok) throw new Error(unpacked.error);
        expect(meaning(unpacked.value.document)).toEqual(meaning(before));
        expect(unpacked.value.nodes).toHaveLength(ids.length);
        expect(removeUnused(unpacked.value.document).blocks).toEqual({});
      }),
      { numRuns: 300 },
    );
  });

  it('are refused where the block would stand on a cycle, by the name of what lies between', () => {
    expect(groupIntoBlock(before, 'network', new Set(['conv1a', 'conv1b']), 'part')).toEqual({
      ok: false,
      error: '“preActivation1” lies between the selected layers. Select it too.',
    });
    expect(groupIntoBlock(before, 'network', new Set(['image', 'stem']), 'part')).toMatchObject({ ok: false });
    expect(groupIntoBlock(before, 'network', new Set(), 'part')).toMatchObject({ ok: false });
  });

  it('take along the parameters of the block around them', () => {
    const outer = grouped(before, block1);
    const conv = Object.values(outer.document.blocks[outer.block]?.graph.nodes ?? {}).find(({ name }) => name === 'conv1a');
    const withParameter = setParameters(outer.document, outer.block, [
      { name: 'width', default: 3 },
      { name: 'unused', default: 1 },
    ]);
    const definition = withParameter.blocks[outer.block];
    if (!definition || !conv) throw new Error('no block');
    const computed = { ...conv, params: { ...conv.params, filters: { $: 'width * 2' } } };
    const document = {
      ...withParameter,
      blocks: {
        ...withParameter.blocks,
        [outer.block]: { ...definition, graph: { ...definition.graph, nodes: { ...definition.graph.nodes, [conv.id]: computed } } },
      },
    };
    expect(meaning(document)).toEqual(meaning(before));
    const result = groupIntoBlock(document, { block: outer.block }, new Set([conv.id]), 'inner');
    if (!result.ok) throw new Error(result.error);
    expect(meaning(result.value.document)).toEqual(meaning(before));
    expect(result.value.document.blocks[result.value.block]?.parameters).toEqual([{ name: 'width', default: 3 }]);
    const again = unpackBlock(result.value.document, { block: outer.block }, result.value.instance);
    if (!again.ok) throw new Error(again.error);
    expect(meaning(again.value.document)).toEqual(meaning(before));
    const gone = removeParameter(document, outer.block, 'width');
    expect(analyze(gone).problems[0]?.code).toBe('block/expression');
  });
});

describe('a repeated block', () => {
  it('is unpacked with room for its copies: what stood behind it goes on, and no further than it must', () => {
    const network = buildTemplate(cifarResnet, 'test');
    const [stage] = Object.values(network.graph.nodes).filter(({ name }) => name === 'stage2');
    const unpacked = unpackBlock(network, 'network', stage?.id ?? '');
    if (!unpacked.ok) throw new Error(unpacked.error);
    const nodes = Object.values(unpacked.value.document.graph.nodes);
    const boxes = nodes.map(({ position }) => ({ ...position, width: NODE_WIDTH, height: 64 }));
    boxes.forEach((box, at) => boxes.slice(at + 1).forEach((other) => expect(overlaps(box, other)).toBe(false)));
    const names = nodes.filter(({ position }) => position.x > (stage?.position.x ?? 0)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['stage3', 'pool', 'scores']));
  });

  it('is unpacked into its copies in a row', () => {
    const { document, instance } = grouped(before, ['shortcut2', 'conv2a', 'preActivation2', 'conv2b', 'add2']);
    const node = document.graph.nodes[instance];
    if (!node) throw new Error('no instance');
    const repeated = {
      ...document,
      graph: { ...document.graph, nodes: { ...document.graph.nodes, [instance]: { ...node, params: { repeat: 3 } } } },
    };
    const unpacked = unpackBlock(repeated, 'network', instance);
    if (!unpacked.ok) throw new Error(unpacked.error);
    expect(unpacked.value.nodes).toHaveLength(15);
    const [a, b] = [analyze(repeated), analyze(unpacked.value.document)];
    expect([b.totals, b.problems]).toEqual([a.totals, []]);
  });
});

describe('a definition', () => {
  it('of one instance is made its own: the others keep theirs', () => {
    const { document, instance, block } = grouped(before, block1);
    const unique = makeUnique(document, 'network', instance);
    expect(Object.values(unique.blocks).map(({ id, name }) => [id, name])).toEqual([
      [block, 'residual block'],
      [`${block}-2`, 'residual block 2'],
    ]);
    expect(unusedBlocks(unique).map(({ id }) => id)).toEqual([block]);
    expect(meaning(unique)).toEqual(meaning(before));
  });

  it('has names that can be read', () => {
    const { document, block } = grouped(before, block1);
    const two = makeUnique(document, 'network', Object.values(document.graph.nodes).find((node) => node.block)?.id ?? '');
    expect(blockNameProblem(two, block, 'residual block 2')).toBe('Another block is called “residual block 2”.');
    expect(blockNameProblem(two, block, ' ')).toBe('A name is needed.');
    const definition = document.blocks[block];
    if (!definition) throw new Error('no block');
    expect(parameterNameProblem(definition, 'index')).toContain('meaning of its own');
    expect(parameterNameProblem(definition, '2x')).toContain('begins with a letter');
    expect(parameterNameProblem(definition, 'filters')).toBeUndefined();
  });
});

describe('names in an expression', () => {
  it('are replaced by values and by other expressions', () => {
    const names = new Map<string, number | null | string | { $: string } | readonly number[]>([
      ['filters', 16],
      ['width', { $: 'filters * 2' }],
      ['none_', null],
      ['pair', [2, 1]],
      ['shift', -3],
    ]);
    expect(substitute({ $: 'filters * 4' }, names)).toBe(64);
    expect(substitute({ $: 'width * 4' }, names)).toEqual({ $: '(filters * 2) * 4' });
    expect(substitute({ $: 'width' }, names)).toEqual({ $: 'filters * 2' });
    expect(substitute({ $: 'none_ == none ? pair : 1' }, names)).toEqual([2, 1]);
    expect(substitute({ $: '2 - shift' }, names)).toBe(5);
    expect(substitute([{ $: 'filters' }, 1], names)).toEqual([16, 1]);
    expect(substitute('filters', names)).toBe('filters');
  });
});
