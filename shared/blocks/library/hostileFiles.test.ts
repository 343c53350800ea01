import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../document/parse';
import { serializeDocument } from '../../document/serialize';
import { networkOf } from '../../testing/networks';
import { analyze } from '../../infer/analyze';
import { blockFile, readBlockFile } from './blockFile';
import { withLibraryBlock } from './index';
import { residualBasic } from './residualBasic';

const { document, block } = withLibraryBlock(networkOf({}, []), residualBasic);
const text = blockFile(document, block) ?? '';

interface FileNode {
  id: string;
  type: string;
  name: string;
  block?: string;
  params: Record<string, unknown>;
}
interface File {
  graph: { nodes: FileNode[] };
  blocks: { id: string; name: string; parameters: { name: string; default: unknown }[]; graph: { nodes: FileNode[]; wires: unknown[] } }[];
}

function changed(change: (file: File) => void): string {
  const file = JSON.parse(text) as File;
  change(file);
  return JSON.stringify(file);
}

const inside = (type: string, change: (node: FileNode) => void) =>
  changed((file) => {
    const node = file.blocks[0]?.graph.nodes.find((each) => each.type === type);
    if (node) change(node);
  });

describe('a block’s file from elsewhere that cannot be used', () => {
  it.each([
    ['is no JSON', '{ "format": nonsense }', /^E_JSON The file is not JSON: line 1, column \d+/],
    ['ends in the middle', text.slice(0, 400), /^E_TRUNCATED /],
    ['is nested without end', `{"a":${'['.repeat(100_000)}`, /^E_TOO_DEEP The file is nested more than 64 deep, at line 1/],
    ['has an id twice', changed((file) => file.blocks.push(file.blocks[0] as File['blocks'][0])), /^E_DUP_ID .* twice, as entries 1 and 2/],
    ['is of a newer program', text.replace(/"version": \d+/, '"version": 999'), /^E_NEWER /],
    ['lacks its definition', changed((file) => (file.blocks = [])), /^E_NO_BLOCK /],
    [
      'names what every table has',
      changed((file) => file.graph.nodes.forEach((node) => (node.block = 'constructor'))),
      /^E_FIELD .*not in the file/,
    ],
  ])('because it %s is refused with the reason and the place', (_, file, words) => {
    const read = readBlockFile(file);
    expect(read.ok ? 'taken' : `${read.error.code} ${read.error.message}`).toMatch(words);
  });
});

describe('a block’s file from elsewhere that can be mended where it is used', () => {
  /** What the network says that takes the block in; the text is written back as it was read. */
  function said(file: string): readonly string[] {
    const read = readBlockFile(file);
    if (!read.ok) throw new Error(read.error.message);
    const taken = withLibraryBlock(networkOf({ image: ['input', { shape: [8, 8, 16] }] }, []), read.value);
    const node = { id: 'b', type: 'block', block: taken.block, name: 'mine', params: {}, position: { x: 0, y: 0 } };
    const used = { ...taken.document, graph: { ...taken.document.graph, nodes: { ...taken.document.graph.nodes, b: node } } };
    const again = parseDocument(serializeDocument(used));
    expect(again.ok && serializeDocument(again.value.document)).toBe(serializeDocument(used));
    return analyze(used).problems.map(({ message }) => message);
  }

  it.each([
    ['a division by zero', inside('shortcut', (node) => (node.params['filters'] = { $: '8 / 0' })), /8 \/ 0 is a division by zero/],
    [
      'an unknown name',
      inside('shortcut', (node) => (node.params['filters'] = { $: 'nobody' })),
      /"nobody" is not a parameter of this block/,
    ],
  ])('with %s says so at its place', (_, file, words) => {
    expect(said(file).join('\n')).toMatch(words);
  });

  it('with a block that is repeated a billion times inside says so', () => {
    const file = changed(({ blocks, graph }) => {
      const [definition] = blocks;
      const [instance] = graph.nodes;
      if (!definition || !instance) throw new Error('There is no block.');
      const nodes = [{ ...instance, params: { repeat: 1e9 } }];
      blocks.push({ ...definition, id: 'outer', name: 'outer', graph: { ...definition.graph, nodes, wires: [] } });
      graph.nodes = [{ ...instance, block: 'outer' }];
    });
    expect(said(file).join('\n')).toMatch(/repeated 1000000000 times\. Expected a whole number from 1 to 10,000/);
  });

  it('with keys of the prototype pollutes nothing', () => {
    const file = inside('shortcut', () => undefined).replace(
      '"params":{"',
      '"params":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"',
    );
    said(file);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('with control characters and turned text in its name has other ones in their place', () => {
    const name = 'a\u0007b\u202Ec';
    const read = readBlockFile(changed((file) => file.blocks.forEach((each) => (each.name = name))));
    expect(read.ok && read.value.name).toBe('a\uFFFDb\uFFFDc');
  });
});

it('a definition of an id that the document has with another content leaves the document’s own', () => {
  const read = readBlockFile(inside('shortcut', (node) => (node.params['filters'] = 99)));
  if (!read.ok) throw new Error(read.error.message);
  const taken = withLibraryBlock(document, read.value);
  expect(taken.document.blocks[block]).toBe(document.blocks[block]);
  expect(taken.block).not.toBe(block);
});
