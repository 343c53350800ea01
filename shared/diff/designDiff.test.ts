import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resnet } from '../blocks/templates/resnet';
import { buildTemplate } from '../blocks/templates/template';
import type { SkipDocument } from '../document/document';
import { parseDocument } from '../document/parse';
import { serializeDocument } from '../document/serialize';
import { applyEdits } from '../graph/applyEdits';
import type { Edit } from '../graph/edit';
import type { Graph, GraphNode, ParamValue } from '../graph/graph';
import { analyze } from '../infer/analyze';
import { residualNetwork } from '../testing/networks';
import { diffDesigns, isSameDesign, type DesignDiff, type LayerChangeKind } from './designDiff';
import { diffInLines } from './lines';

const design = (document: SkipDocument) => ({ document, analysis: analyze(document) });
const diffOf = (before: SkipDocument, after: SkipDocument) => diffDesigns(design(before), design(after));
const setParam = (document: SkipDocument, graph: Edit['graph'], id: string, param: string, value: ParamValue): SkipDocument => {
  const { nodes } = graph === 'network' ? document.graph : (document.blocks[graph.block] ?? document).graph;
  return applyEdits(document, [{ kind: 'setParams', graph, id, params: { ...nodes[id]?.params, [param]: value } }]);
};
const names = ({ layers }: DesignDiff, wanted: LayerChangeKind) =>
  layers.filter(({ kind }) => kind === wanted).map(({ before, after }) => (after ?? before)?.name);
const reread = (document: SkipDocument) => {
  const parsed = parseDocument(serializeDocument(document));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
};

describe('the difference of two designs', () => {
  const before = residualNetwork();
  const wider = setParam(before, 'network', 'stem', 'filters', 8);

  it('is none to itself, read again from its file, or with its keys in another order', () => {
    expect(isSameDesign(diffOf(before, reread(before)))).toBe(true);
    const nodes = Object.entries(before.graph.nodes).toReversed();
    expect(isSameDesign(diffOf(before, { ...before, graph: { ...before.graph, nodes: Object.fromEntries(nodes) } }))).toBe(true);
  });

  it('tells what was done apart from what follows of it, with the deltas of shape, parameters and MACs', () => {
    const diff = diffOf(before, wider);
    expect(names(diff, 'changed')).toEqual(['stem']);
    const stem = diff.layers.find(({ kind }) => kind === 'changed');
    // 3×3 kernels from one channel: 36 weights for 4 filters, 72 for 8; 64 positions.
    expect(stem).toMatchObject({
      params: [{ field: 'filters', before: 4, after: 8 }],
      before: { shape: '8×8×4', parameters: 36, macs: 36 * 64 },
      after: { shape: '8×8×8', parameters: 72, macs: 72 * 64 },
    });
    expect(names(diff, 'affected')).toContain('shortcut1');
    expect(names(diff, 'added')).toEqual([]);
    const deltas = diff.layers.reduce((sum, { before: was, after: is }) => sum + (is?.parameters ?? 0) - (was?.parameters ?? 0), 0);
    expect(deltas).toBe(diff.totals.after.parameters - diff.totals.before.parameters);
  });

  it('is the other way round from the other side', () => {
    const [there, back] = [diffOf(before, wider), diffOf(wider, before)];
    expect(back.totals).toEqual({ before: there.totals.after, after: there.totals.before });
    expect(back.layers.map(({ before: was, after: is }) => [is, was])).toEqual(there.layers.map(({ before: was, after: is }) => [was, is]));
  });

  it('knows a layer that was named anew, also in a copy with ids of its own', () => {
    const rename: Edit = { kind: 'rename', graph: 'network', id: 'stem', name: 'entry' };
    const renamed = applyEdits(before, [rename]);
    expect(names(diffOf(before, renamed), 'changed')).toEqual(['entry']);
    const copy = withOtherIds({ ...renamed, id: 'copy' });
    expect(names(diffOf(before, copy), 'changed')).toEqual(['entry']);
    expect(names(diffOf(before, copy), 'added')).toEqual([]);
  });

  it('does not take a layer for one that only has its id', () => {
    const gone = applyEdits(before, [{ kind: 'removeNode', graph: 'network', id: 'stem' }]);
    const other: GraphNode = { id: 'stem', type: 'relu', name: 'rectify', params: {}, position: { x: 0, y: 0 } };
    const diff = diffOf(before, applyEdits(gone, [{ kind: 'addNode', graph: 'network', node: other }]));
    expect([names(diff, 'removed'), names(diff, 'added')]).toEqual([['stem'], ['rectify']]);
  });

  it('is told in lines', () => {
    expect(diffInLines(diffOf(before, wider)).map(({ text }) => text)).toEqual([
      'parameters 1,381 → 1,673 (+292, +21 %)',
      'MACs       21,714 → 27,858 (+6,144, +28 %)',
      'Network',
      '  ~ Conv2D stem  filters 4 → 8  8×8×4 → 8×8×8  +36 parameters  +2,304 MACs',
      // A norm of four more channels and 4 · 6 more weights of the projection; 3 · 3 · 4 · 6 more weights at 4 · 4 positions.
      '  = Shortcut shortcut1  8×8×4, 4×4×6 → 8×8×8, 4×4×6  +40 parameters  +384 MACs',
      '  = Conv2D conv1a  +216 parameters  +3,456 MACs',
    ]);
  });

  it('says of a sum that leaves something out that it is the least it can be', () => {
    const [add] = Object.values(before.graph.nodes).filter(({ type }) => type === 'add');
    const [wire] = Object.values(before.graph.edges).filter(({ to }) => to.node === add?.id);
    const broken = applyEdits(before, [{ kind: 'disconnect', graph: 'network', id: wire?.id ?? '' }]);
    expect(diffInLines(diffOf(before, broken)).map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^parameters 1,381 → ≥ [\d,]+$/),
        expect.stringMatching(/^MACs {7}21,714 → ≥ [\d,]+$/),
      ]),
    );
  });

  it('tells of blocks and of what is inside of their definitions', () => {
    const [small, large] = [18, 34].map((layers) => buildTemplate(resnet, `resnet${layers}`, { layers })) as [SkipDocument, SkipDocument];
    const diff = diffOf(small, large);
    expect(names(diff, 'changed')).toEqual(['stage1', 'stage2', 'stage3', 'stage4']);
    expect(diff.layers.find(({ after }) => after?.name === 'stage1')?.params).toEqual([{ field: 'repeat', before: 2, after: 3 }]);
    expect(diff.wires).toEqual([]);
    const block = Object.values(small.blocks)[0];
    if (!block) throw new Error('ResNet-18 is made of blocks');
    const conv = Object.values(block.graph.nodes).find(({ name }) => name === 'conv1');
    const inside = diffOf(small, setParam(small, { block: block.id }, conv?.id ?? '', 'kernelSize', [5, 5]));
    expect(inside.layers.find(({ kind }) => kind === 'changed')).toMatchObject({ block: block.name, after: { name: 'conv1' } });
    // All eight copies of it: 25 instead of 9 weights for each pair of channels.
    const pairs = 64 * 64 + 64 * 64 + 64 * 128 + 128 * 128 + 128 * 256 + 256 * 256 + 256 * 512 + 512 * 512;
    expect(inside.totals.after.parameters - inside.totals.before.parameters).toBe(16 * pairs);
  });

  it('tells which layers arranging leaves from now on, and which way a graph runs, as what only concerns where layers stand', () => {
    const [stem, other] = Object.values(before.graph.nodes).map(({ id, position }) => ({ id, position }));
    if (!stem || !other) throw new Error('no layers');
    const pinned = applyEdits(before, [
      { kind: 'move', graph: 'network', ...stem, placed: true },
      { kind: 'direct', graph: 'network', direction: 'down' },
    ]);
    const [there, back] = [diffOf(before, pinned), diffOf(pinned, before)];
    const name = before.graph.nodes[stem.id]?.name ?? '';
    expect(there.layers).toMatchObject([{ kind: 'moved', isMoved: false, placed: true, after: { name } }]);
    expect(back.layers).toMatchObject([{ kind: 'moved', isMoved: false, placed: false }]);
    expect(there.directions).toEqual([{ block: null, before: 'right', after: 'down' }]);
    expect(diffInLines(there).map(({ text }) => text)).toEqual([
      'Network',
      '  > runs from top to bottom, was from left to right',
      `  > pinned: ${name}`,
    ]);
    expect(diffInLines(back).at(-1)?.text).toBe(`  > no longer pinned: ${name}`);
    expect([isSameDesign(there), isSameDesign(there, true)]).toEqual([false, true]);
    expect(diffInLines(there, true)).toEqual([]);
  });

  it('tells of settings by their names', () => {
    const longer = { ...before, training: { ...before.training, epochs: 99 } };
    expect(diffOf(before, longer).settings).toEqual([{ field: 'training.epochs', before: before.training.epochs, after: 99 }]);
  });

  it('holds for any layers taken out: they are removed one way, added the other, and nothing else is', () => {
    const ids = Object.keys(before.graph.nodes);
    fc.assert(
      fc.property(fc.subarray(ids), (taken) => {
        const less = applyEdits(
          before,
          taken.map((id): Edit => ({ kind: 'removeNode', graph: 'network', id })),
        );
        const [there, back] = [diffOf(before, less), diffOf(less, before)];
        expect(names(there, 'removed').toSorted()).toEqual(taken.toSorted());
        expect(names(back, 'added').toSorted()).toEqual(taken.toSorted());
        expect([...names(there, 'added'), ...names(there, 'changed'), ...names(there, 'moved')]).toEqual([]);
      }),
    );
  });
});

function withOtherIds(document: SkipDocument): SkipDocument {
  const other = (id: string) => `other-${id}`;
  const { nodes, edges } = document.graph;
  const graph: Graph = {
    nodes: Object.fromEntries(Object.values(nodes).map((node) => [other(node.id), { ...node, id: other(node.id) }])),
    edges: Object.fromEntries(
      Object.values(edges).map((edge) => [
        edge.id,
        { ...edge, from: { ...edge.from, node: other(edge.from.node) }, to: { ...edge.to, node: other(edge.to.node) } },
      ]),
    ),
  };
  return { ...document, graph };
}
