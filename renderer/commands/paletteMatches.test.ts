import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newDocument } from '../../shared/document/create';
import type { GraphNode } from '../../shared/graph/graph';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { paletteGroups } from './paletteMatches';

function load(nodes: readonly GraphNode[]): void {
  const graph = { nodes: Object.fromEntries(nodes.map((node) => [node.id, node])), edges: {} };
  useDocument.getState().load({ document: { ...newDocument('d'), graph }, file: null, title: 'Test', isDirty: false });
}

const conv = (id: string): GraphNode => ({ id, type: 'conv2d', name: id, params: { filters: 8 }, position: { x: 0, y: 0 } });
const titles = (query: string) => paletteGroups(query).map(({ title }) => title);
const items = (query: string) => paletteGroups(query).flatMap((group) => group.items.map((item) => item.title));

describe('the command palette', () => {
  beforeAll(() => vi.stubGlobal('requestAnimationFrame', () => 0));
  afterAll(() => vi.unstubAllGlobals());
  beforeEach(() => {
    load([conv('stem'), conv('conv2a'), conv('conv2b')]);
    useSession.getState().reset();
  });

  it('offers what can be done now where nothing is typed', () => {
    expect(titles('')).toEqual(['Commands', 'Problems']);
    expect(paletteGroups('')[0]?.items.every((item) => item.disabled === undefined)).toBe(true);
  });

  it('puts the kind with the best answer first', () => {
    expect(items('conv2a')[0]).toBe('conv2a');
    expect(titles('conv2d')[0]).toBe('Add a layer');
    expect(items('zoom to fit')[0]).toBe('Zoom to fit');
    // A panel before the setting of its name.
    expect(items('engine')[0]).toBe('Engine and program…');
  });

  it('opens known networks by their family and depth', () => {
    expect(items('resnet-50').slice(0, 2)).toEqual(['ResNet (pre-activation) 50', 'ResNet (post-activation) 50']);
    expect(items('lenet')[0]).toBe('LeNet-5');
    paletteGroups('cifar-resnet-20')[0]?.items[0]?.run();
    const { document, title } = useDocument.getState();
    expect(title).toContain('ResNet for CIFAR 20');
    expect(Object.keys(document.graph.nodes).length).toBeGreaterThan(5);
  });

  it('says why a command cannot be done', () => {
    const [item] = paletteGroups('>undo')[0]?.items ?? [];
    expect(item).toMatchObject({ title: 'Undo', disabled: 'Nothing to undo.' });
  });

  it.each([
    ['>con', 'Commands'],
    ['@', 'Go to'],
    ['#', 'Problems'],
    ['+conv', 'Add a layer'],
  ])('leaves one kind after %s', (query, title) => {
    expect(titles(query)).toEqual([title]);
  });

  it('finds settings by their names and values', () => {
    expect(items('density')).toContain('Density');
    paletteGroups('density')
      .find(({ title }) => title === 'Settings')
      ?.items[0]?.run();
    expect(useSession.getState().dialog).toEqual({ kind: 'settings', field: 'density' });
  });

  it('goes to a layer', () => {
    paletteGroups('@conv2b')[0]?.items[0]?.run();
    expect([...useSession.getState().selection.nodes]).toEqual(['conv2b']);
  });

  it('marks the letters that answer', () => {
    expect(paletteGroups('>zts')[0]?.items[0]).toMatchObject({ title: 'Zoom to selection', letters: [0, 5, 8] });
  });

  it('shows no more of a network of 1,000 layers than can be read', () => {
    load(Array.from({ length: 1000 }, (_, index) => conv(`layer${index}`)));
    expect(paletteGroups('layer').find(({ title }) => title === 'Go to')?.items).toHaveLength(7);
    expect(items('@layer999')[0]).toBe('layer999');
  });
});
