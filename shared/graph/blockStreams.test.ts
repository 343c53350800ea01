import { describe, expect, it } from 'vitest';
import { resnet } from '../blocks/templates/resnet';
import { templates } from '../blocks/templates/index';
import { buildTemplate } from '../blocks/templates/template';
import type { SkipDocument } from '../document/document';
import { flatGraphOf } from '../testing/geometry';
import { carriesStream, streamsThrough } from './blockStreams';
import { streamsOf } from './streams';

/** `stage1 → stage2` of every wire on a ribbon. */
function ribbons({ graph, blocks }: Pick<SkipDocument, 'graph' | 'blocks'>): readonly string[] {
  const name = (id: string) => graph.nodes[id]?.name ?? id;
  return [...streamsThrough(graph, blocks).keys()].map((id) => {
    const edge = graph.edges[id];
    return `${name(edge?.from.node ?? '')} → ${name(edge?.to.node ?? '')}`;
  });
}

/** The same by what is left when every block is unpacked: from which layer or block of the outer network to which. */
function unpackedRibbons(document: SkipDocument): ReadonlySet<string> {
  const flat = flatGraphOf(document);
  const outer = (path: string) => document.graph.nodes[path.split(/[/[]/)[0] ?? '']?.name ?? path;
  const wires = [...streamsOf(flat).keys()].map((id) => flat.edges[id]);
  return new Set(wires.map((edge) => `${outer(edge?.from.node ?? '')} → ${outer(edge?.to.node ?? '')}`));
}

describe('residual streams through collapsed blocks', () => {
  it('run from stage to stage of a ResNet, of which no skip wire is seen', () => {
    const document = buildTemplate(resnet, 'test', { layers: 152 });
    expect(streamsOf(document.graph).size).toBe(0);
    expect(ribbons(document)).toEqual(['stage1 → stage2', 'stage2 → stage3', 'stage3 → stage4']);
    expect(new Set(streamsThrough(document.graph, document.blocks).values()).size).toBe(1);
  });

  it.each(templates.map((template) => [template.id, template] as const))('lie in %s where they lie once it is unpacked', (_, template) => {
    const document = buildTemplate(template, 'test');
    const unpacked = unpackedRibbons(document);
    expect(ribbons(document).filter((wire) => !unpacked.has(wire))).toEqual([]);
    const between = [...unpacked].filter((wire) => wire.split(' → ')[0] !== wire.split(' → ')[1]);
    expect(new Set(ribbons(document))).toEqual(new Set(between));
  });

  it.each([
    ['cifar-resnet', true],
    ['cifar-plain', false],
    ['resnet', true],
    ['vgg', false],
  ])('a block of %s is residual: %s', (id, isResidual) => {
    const template = templates.find((each) => each.id === id);
    if (!template) throw new Error(`there is no ${id}`);
    const { graph, blocks } = buildTemplate(template, 'test');
    const used = new Set(Object.values(graph.nodes).flatMap(({ type, block }) => (type === 'block' ? [block ?? ''] : [])));
    expect([...used].map((block) => carriesStream(blocks, block))).toEqual([...used].map(() => isResidual));
  });

  it('are none through a block that contains itself', () => {
    const { graph, blocks } = buildTemplate(resnet, 'test', { layers: 18 });
    const [id, block] = Object.entries(blocks)[0] ?? [];
    if (id === undefined || !block) throw new Error('there is no block');
    expect(ribbons({ graph, blocks: { [id]: { ...block, graph: { ...block.graph, nodes: graph.nodes, edges: graph.edges } } } })).toEqual(
      [],
    );
  });

  it('are found through blocks that a hostile file nests without end', () => {
    const { graph, blocks } = buildTemplate(resnet, 'test', { layers: 18 });
    const [, residual] = Object.entries(blocks).find(([id]) => carriesStream(blocks, id)) ?? [];
    const instance = Object.values(graph.nodes).find(({ type }) => type === 'block');
    if (!residual || !instance) throw new Error('there is no residual block');
    const ports = Object.values(residual.graph.nodes).filter(({ type }) => type === 'blockInput' || type === 'blockOutput');
    const [input, output] = [ports.find(({ type }) => type === 'blockInput'), ports.find(({ type }) => type === 'blockOutput')];
    if (!input || !output) throw new Error('there is no port');
    const inner = { ...instance, id: 'inner' };
    const edges = {
      into: { id: 'into', from: { node: input.id, port: 'y' }, to: { node: 'inner', port: input.name } },
      out: { id: 'out', from: { node: 'inner', port: output.name }, to: { node: output.id, port: 'x' } },
    };
    const around = (block: string) => ({ nodes: { [input.id]: input, inner: { ...inner, block }, [output.id]: output }, edges });
    const nested = Object.fromEntries(
      Array.from({ length: 5000 }, (_, depth) => {
        const graph = depth === 0 ? residual.graph : { ...residual.graph, ...around(`b${depth - 1}`) };
        return [`b${depth}`, { ...residual, graph }] as const;
      }),
    );
    expect(carriesStream(nested, 'b4999')).toBe(true);
  });
});
