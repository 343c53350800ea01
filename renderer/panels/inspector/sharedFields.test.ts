import { describe, expect, it } from 'vitest';
import { newDocument } from '../../../shared/document/create';
import type { GraphNode, Params } from '../../../shared/graph/graph';
import { sharedFields } from './sharedFields';

const node = (id: string, type: string, params: Params = {}): GraphNode => ({ id, type, name: id, params, position: { x: 0, y: 0 } });
const document = newDocument('d');
const shared = (...nodes: readonly GraphNode[]) => sharedFields(nodes, document);
const named = (name: string, ...nodes: readonly GraphNode[]) => shared(...nodes).find(({ field }) => field.name === name);

describe('the parameters of several layers', () => {
  it('have a value where all agree, defaults counted, and none where they differ', () => {
    const layers = [node('a', 'conv2d', { filters: 16 }), node('b', 'conv2d', { filters: 32, strides: [1, 1] })];
    expect(named('filters', ...layers)).toMatchObject({ value: undefined, field: { default: 32, torch: 'out_channels' } });
    expect(named('strides', ...layers)?.value).toEqual([1, 1]);
    expect(shared(...layers)).toHaveLength(shared(node('a', 'conv2d'), node('b', 'conv2d')).length);
  });

  it('are those that two or more of the layers have, in whatever kind', () => {
    const strides = named('strides', node('a', 'conv2d'), node('r', 'relu'), node('p', 'maxPooling2d'), node('d', 'dense'));
    expect(strides?.nodes.map(({ id }) => id)).toEqual(['a', 'p']);
    expect(strides).toMatchObject({ value: undefined, field: { default: undefined, torch: 'stride', unit: 'pixels' } });
    expect(shared(node('d', 'dense'), node('r', 'relu'))).toEqual([]);
  });

  it('leave two kinds of value apart: filters may be none in a shortcut only', () =>
    expect(named('filters', node('a', 'conv2d'), node('s', 'shortcut'))).toBeUndefined());

  it('of blocks are those of their definition', () => {
    const parameters = [{ name: 'filters', default: 64 }];
    const blocks = { b: { id: 'b', name: 'block', parameters, graph: document.graph } };
    const instances = [
      { ...node('x', 'block'), block: 'b' },
      { ...node('y', 'block', { filters: 64 }), block: 'b' },
    ];
    expect(sharedFields(instances, { ...document, blocks })).toMatchObject([{ field: { label: 'Filters' }, value: 64 }]);
  });
});
