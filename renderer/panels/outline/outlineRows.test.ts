import { describe, expect, it } from 'vitest';
import { withLibraryBlock } from '../../../shared/blocks/library/index';
import { residualBasic } from '../../../shared/blocks/library/residualBasic';
import { networkOf } from '../../../shared/testing/networks';
import { outlineRows } from './outlineRows';

const start = networkOf({ image: ['input'], conv: ['conv2d'], add: ['add'] }, ['image → conv → add:inputs.0', 'image → add:inputs.1']);
const { document: taken, block } = withLibraryBlock(start, residualBasic);
const document = {
  ...taken,
  graph: {
    ...taken.graph,
    nodes: { ...taken.graph.nodes, b: { id: 'b', type: 'block', name: 'b', block, params: {}, position: { x: 999, y: 0 } } },
  },
};
const lines = (...open: readonly string[]) =>
  outlineRows(document, new Set(open)).map(({ name, kind, level, place, count, isOpen }) =>
    [
      `${'  '.repeat(level - 1)}${kind === 'wire' ? '← ' : ''}${name}`,
      `${place}/${count}`,
      isOpen === undefined ? '' : isOpen ? 'open' : 'closed',
    ]
      .join(' ')
      .trimEnd(),
  );

describe('the lines of an outline', () => {
  it('are the layers in reading order', () => {
    expect(lines()).toEqual(['image 1/4', 'conv 2/4 closed', 'add 3/4 closed', 'b 4/4 closed']);
  });

  it('have the wires that feed a layer in it', () => {
    expect(lines('add').slice(2)).toEqual(['add 3/4 open', '  ← conv 1/2', '  ← image 2/2', 'b 4/4 closed']);
  });

  it('have a block’s layers in it, with their paths', () => {
    expect(lines('b').slice(3)).toEqual([
      'b 4/4 open',
      '  x 1/7',
      '  shortcut 2/7 closed',
      '  conv1 3/7 closed',
      '  preActivation 4/7 closed',
      '  conv2 5/7 closed',
      '  add 6/7 closed',
      '  y 7/7 closed',
    ]);
    const rows = outlineRows(document, new Set(['b', 'b/n6']));
    expect(rows.filter(({ kind }) => kind === 'wire').map(({ key, parent, prefix }) => [key, parent, prefix])).toEqual([
      ['wire:b/e5', 'b/n6', 'b'],
      ['wire:b/e6', 'b/n6', 'b'],
    ]);
  });

  it('of thousands of layers are made at once', () => {
    const names = Array.from({ length: 3000 }, (_, index) => `relu${index}`);
    const deep = networkOf(Object.fromEntries(names.map((name) => [name, ['relu'] as const])), [names.join(' → ')]);
    expect(outlineRows(deep, new Set()).map(({ name }) => name)).toEqual(names);
  });
});
