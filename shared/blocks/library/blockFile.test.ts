import { describe, expect, it } from 'vitest';
import { networkOf } from '../../testing/networks';
import { blockFile, readBlockFile } from './blockFile';
import { denseBlock } from './dense';
import { withLibraryBlock } from './index';

const { document, block } = withLibraryBlock(networkOf({}, []), denseBlock);
const text = blockFile(document, block) ?? '';

function changed(
  change: (file: { blocks: { id: string; graph: { nodes: { block?: string }[] } }[]; graph: { nodes: unknown[] } }) => void,
): string {
  const file = JSON.parse(text) as Parameters<typeof change>[0];
  change(file);
  return JSON.stringify(file);
}

const refusal = (given: string) => {
  const read = readBlockFile(given);
  return read.ok ? 'taken' : `${read.error.code} ${read.error.message}`;
};

describe('a block’s file', () => {
  it('holds the block with the definitions that it is built of, and comes back as it was', () => {
    const read = readBlockFile(text);
    if (!read.ok) throw new Error(read.error.message);
    const taken = withLibraryBlock(networkOf({}, []), read.value);
    expect(taken.document.blocks).toEqual(document.blocks);
  });

  it('is not written of a definition that is not there', () => {
    expect(blockFile(document, 'toString')).toBeUndefined();
  });

  it('that is none is refused with words', () => {
    expect(refusal('no JSON')).toMatch(/^E_\w+ /);
    expect(refusal('{}')).toMatch(/^E_\w+ /);
    expect(refusal(changed((file) => (file.graph.nodes = [])))).toMatch(/^E_NO_BLOCK The file holds a network of 0 layers/);
  });

  it('whose block contains itself is refused', () => {
    const loop = changed((file) => {
      for (const definition of file.blocks)
        for (const node of definition.graph.nodes) if (node.block !== undefined) node.block = definition.id;
    });
    expect(refusal(loop)).toContain('contains itself');
  });

  it('that lacks a definition is refused', () => {
    const lacking = changed((file) => (file.blocks = file.blocks.filter(({ id }) => id === block)));
    expect(refusal(lacking)).toContain('is not in this document');
  });

  it('that is nested without end is refused before it is read', () => {
    expect(refusal(`${'['.repeat(200_000)}`)).toMatch(/^E_\w+ /);
  });
});
