import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../shared/graph/applyEdits';
import type { SkipDocument } from '../../shared/document/document';
import type { Edit } from '../../shared/graph/edit';
import { partOf } from '../../shared/graph/partOf';
import { boxOfLayer, overlaps } from '../../shared/picture/geometry';
import { networkOf, type Sketch } from '../../shared/testing/networks';
import { createScenery, hitAt, touchedBy, type Scene } from './scene';
import { createStager, isOutdated, type Held, type View } from './stage';

const conv: Sketch = ['conv2d', { filters: 8, padding: 'same' }];
const COUNT = 1000;
const names = Array.from({ length: COUNT }, (_, index) => `c${index}`);

/** A row of layers 240 apart, each wired to the next, and one wire over all of them. */
const row: SkipDocument = (() => {
  const document = networkOf({ ...Object.fromEntries(names.map((name) => [name, conv])), add: ['add'] }, [
    ...names.slice(1).map((name, index) => `${names[index] ?? ''} → ${name}`),
    `c${COUNT - 1} → add:inputs.0`,
    'c0 → add:inputs.1',
  ]);
  const nodes = Object.values(document.graph.nodes).map((node, index) => ({ ...node, position: { x: index * 240, y: 0 } }));
  return { ...document, graph: { ...document.graph, nodes: Object.fromEntries(nodes.map((node) => [node.id, node])) } };
})();

const nothing: Held = { nodes: new Set(), edges: new Set() };
const sceneOf = (document: SkipDocument): Scene => createScenery()(document.graph, document.blocks, new Map());
const viewAt = (x: number, width = 1440): View => ({ x, y: -300, width, height: 900, zoom: 1440 / width });
/** So many layers of the row are in view. */
const wide = (layers: number, zoom = 1): View => ({ ...viewAt(10_000, layers * 240 - 100), zoom });

describe('the stage', () => {
  const scene = sceneOf(row);

  it('holds what is near the view, a wire that only passes by, and the layers at the ends of its wires', () => {
    const stage = createStager()(scene, viewAt(120_000), nothing);
    expect(stage.isPainted).toBe(false);
    expect(stage.nodes.has('c500')).toBe(true);
    expect(stage.nodes.has('c400')).toBe(false);
    expect(stage.nodes.size).toBeLessThan(20);
    expect(stage.edges.has('c0 → add:inputs.1')).toBe(true);
    for (const id of ['c0', 'add']) expect(stage.nodes.has(id)).toBe(true);
  });

  it('is of what is held wherever it is, and of little else, where much is in view', () => {
    const stage = createStager()(scene, viewAt(0, 240 * COUNT), { nodes: new Set(['c7']), edges: new Set(['c3 → c4']) });
    expect(stage.isPainted).toBe(true);
    expect([...stage.nodes].sort()).toEqual(['c3', 'c4', 'c7']);
    expect([...stage.edges]).toEqual(['c3 → c4']);
  });

  it('keeps its sets while the view moves in what is covered, and is outdated beyond', () => {
    const stageOf = createStager();
    const stage = stageOf(scene, viewAt(10_000), nothing);
    expect(isOutdated(stage, scene, viewAt(10_400))).toBe(false);
    expect(isOutdated(stage, scene, viewAt(12_000))).toBe(true);
    expect(stageOf(scene, viewAt(10_000), nothing).nodes).toBe(stage.nodes);
  });

  it('does not switch to and fro at the border of what is painted', () => {
    const stageOf = createStager();
    expect(stageOf(scene, wide(150), nothing).isPainted).toBe(false);
    expect(stageOf(scene, wide(165), nothing).isPainted).toBe(true);
    expect(stageOf(scene, wide(150), nothing).isPainted).toBe(true);
    expect(settled(stageOf, scene, wide(120)).isPainted).toBe(false);
  });

  it('is painted sooner where elements look as they are painted', () => {
    expect(createStager()(scene, wide(110, 0.41), nothing).isPainted).toBe(true);
    expect(createStager()(scene, wide(110, 0.43), nothing).isPainted).toBe(false);
  });

  it('has elements again when the view rests, and none while it moves', () => {
    const stageOf = createStager();
    expect(stageOf(scene, wide(165), nothing, true).isPainted).toBe(true);
    expect(stageOf(scene, wide(40), nothing, true).isPainted).toBe(true);
    expect(stageOf(scene, wide(40), nothing, true).nodes.size).toBe(0);
    expect(isOutdated(stageOf(scene, wide(40), nothing, true), scene, wide(40), false)).toBe(true);
    expect(settled(stageOf, scene, wide(40)).isPainted).toBe(false);
  });

  it('makes elements some in each frame, those in view first, and is painted until these are there with all of their wires', () => {
    const stageOf = createStager();
    stageOf(scene, wide(165), nothing);
    const view = wide(100);
    let before = stageOf(scene, wide(165), nothing);
    for (let frame = 0; frame < 20 && (frame === 0 || before.isComing); frame += 1) {
      const now = stageOf(scene, view, nothing);
      // The layers at the far ends of a wire come with it.
      expect([...now.nodes].filter((id) => !before.nodes.has(id)).length).toBeLessThanOrEqual(42);
      for (const id of before.nodes) expect(now.nodes.has(id)).toBe(true);
      for (const layer of now.isPainted ? [] : scene.layers)
        if (overlaps(boxOfLayer(layer), view)) expect(now.nodes.has(layer.id)).toBe(true);
      before = now;
    }
    expect(before.isPainted).toBe(false);
    expect(before).toEqual(createStager()(scene, view, nothing));
  });

  it('is painted in the midst of a zoom rather than to make many elements, and stays what it is where there are few', () => {
    const stageOf = createStager();
    stageOf(scene, wide(10), nothing);
    expect(stageOf(scene, wide(12), nothing, true).isPainted).toBe(false);
    expect(stageOf(scene, wide(30, 0.5), nothing, true).isPainted).toBe(true);
    expect(settled(stageOf, scene, wide(30, 0.5)).isPainted).toBe(false);
    const small = sceneOf({ ...row, graph: partOf(row.graph, new Set(names.slice(0, 90))) });
    const other = createStager();
    other(small, viewAt(0), nothing);
    expect(other(small, viewAt(0, 90 * 240), nothing, true).isPainted).toBe(false);
  });

  it('keeps the elements that are seen for one frame after the painting has come, and takes no new ones', () => {
    const stageOf = createStager();
    const before = stageOf(scene, wide(150), nothing);
    const leaving = stageOf(scene, wide(165), nothing);
    expect(leaving.isLeaving).toBe(true);
    expect([...leaving.nodes].filter((id) => !before.nodes.has(id))).toEqual([]);
    expect(leaving.nodes.size).toBeGreaterThan(140);
    const left = stageOf(scene, wide(165), nothing);
    expect(left.isLeaving).toBe(false);
    expect(left.nodes.size).toBe(0);
  });
});

/** The stage when all of its elements have come. */
function settled(stageOf: ReturnType<typeof createStager>, scene: Scene, view: View) {
  let stage = stageOf(scene, view, nothing);
  for (let frame = 0; frame < 20 && stage.isComing; frame += 1) stage = stageOf(scene, view, nothing);
  return stage;
}

describe('the scene', () => {
  it('is the same object after an edit that moves nothing', () => {
    const make = createScenery();
    const before = make(row.graph, row.blocks, new Map());
    const edited = applyEdits(row, [
      { kind: 'setParams', id: 'c5', params: { filters: 9, padding: 'same' }, graph: 'network' },
      { kind: 'rename', id: 'c6', name: 'other', graph: 'network' },
    ]);
    expect(make(edited.graph, edited.blocks, new Map())).toBe(before);
  });

  it('after any moves, wires and removals is what it would be from nothing', () => {
    const node = fc.integer({ min: 0, max: 11 }).map((index) => `c${index}`);
    const at = fc.record({ x: fc.integer({ min: 0, max: 40 }), y: fc.integer({ min: -4, max: 4 }) });
    const edit = fc.oneof(
      fc.tuple(node, at).map(([id, { x, y }]): Edit => ({ kind: 'move', id, position: { x: x * 72, y: y * 40 }, graph: 'network' })),
      node.map((id): Edit => ({ kind: 'removeNode', id, graph: 'network' })),
      fc.tuple(node, node, fc.nat()).map(([from, to, id]): Edit => ({
        kind: 'connect',
        edge: { id: `w${id}`, from: { node: from, port: 'y' }, to: { node: to, port: 'x' } },
        graph: 'network',
      })),
    );
    const small = {
      ...row,
      graph: {
        nodes: Object.fromEntries(Object.entries(row.graph.nodes).slice(0, 12)),
        edges: Object.fromEntries(Object.entries(row.graph.edges).slice(0, 11)),
      },
    };
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12, size: 'medium' }), (edits) => {
        const make = createScenery();
        make(small.graph, small.blocks, new Map());
        let document: SkipDocument = small;
        for (const each of edits) {
          document = tried(document, each);
          expect(make(document.graph, document.blocks, new Map())).toEqual(sceneOf(document));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds the layer under a point, else the wire that is near enough', () => {
    const scene = sceneOf(row);
    expect(hitAt({ x: 250, y: 10 }, scene, 8)).toEqual({ kind: 'layer', node: 'c1' });
    expect(hitAt({ x: 196, y: 35 }, scene, 8)).toEqual({ kind: 'wire', edge: 'c0 → c1' });
    expect(hitAt({ x: 196, y: -200 }, scene, 8)).toBeUndefined();
  });

  it('knows what a box touches, and the wires there', () => {
    const { nodes, edges } = touchedBy({ x: 200, y: 0, width: 100, height: 20 }, sceneOf(row), undefined);
    expect([...nodes]).toEqual(['c1']);
    expect(edges.sort()).toEqual(['c0 → c1', 'c1 → c2']);
  });
});

/** An edit that the graph refuses is none. */
function tried(document: SkipDocument, edit: Edit): SkipDocument {
  try {
    return applyEdits(document, [edit]);
  } catch {
    return document;
  }
}
