import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../document/parse';
import { serializeDocument } from '../../document/serialize';
import type { Params } from '../../graph/graph';
import { formatShape } from '../../graph/tensor';
import { analyze } from '../../infer/analyze';
import { networkOf } from '../../testing/networks';
import { libraryBlocks, withLibraryBlock } from './index';
import { residualBasic } from './residualBasic';

function withInstance(definition = residualBasic, params: Params = {}, shape: readonly number[] = [56, 56, 64]) {
  const start = networkOf({ image: ['input', { shape }], end: ['output'] }, []);
  const { document, block } = withLibraryBlock(start, definition);
  const node = { id: 'b', type: 'block', name: 'b', block, params, position: { x: 0, y: 0 } };
  const wire = (id: string, from: string, fromPort: string, to: string, toPort: string) => ({
    id,
    from: { node: from, port: fromPort },
    to: { node: to, port: toPort },
  });
  return {
    ...document,
    graph: {
      nodes: { ...document.graph.nodes, b: node },
      edges: { e1: wire('e1', 'image', 'y', 'b', 'x'), e2: wire('e2', 'b', 'y', 'end', 'x') },
    },
  };
}

const shapeOf = (params: Params) => {
  const { nodes, problems, totals } = analyze(withInstance(residualBasic, params));
  const type = nodes.get('b')?.outputs['y'];
  return { shape: type && formatShape(type.shape), problems: problems.map(({ code }) => code), parameters: totals.parameters };
};

describe('the basic residual block', () => {
  it('keeps the shape with an identity shortcut, and has the weights of its two convolutions and norms', () => {
    // 2 · (3·3·64·64) + 2 norms of 4·64.
    expect(shapeOf({})).toEqual({ shape: '56×56×64', problems: [], parameters: 2 * 36_864 + 2 * 256 });
  });

  it('projects where strides and channels change', () => {
    // 3·3·64·128 + 3·3·128·128 + 1·1·64·128 + norms of 4·64 and 4·128.
    const parameters = 73_728 + 147_456 + 8_192 + 256 + 512;
    expect(shapeOf({ filters: 128, strides: [2, 2], project: true })).toEqual({ shape: '28×28×128', problems: [], parameters });
  });

  it('without a projection says what is wrong', () => {
    expect(shapeOf({ filters: 128 }).problems).not.toEqual([]);
  });
});

describe('the library', () => {
  it.each(libraryBlocks.map((block) => [block.name, block] as const))('%s comes back from a file as it was', (_name, block) => {
    const document = withInstance(block);
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
});
