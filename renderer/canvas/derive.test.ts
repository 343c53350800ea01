import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../shared/graph/applyEdits';
import { analyze } from '../../shared/infer/analyze';
import { networkOf, type Sketch } from '../../shared/testing/networks';
import { currentGraph } from '../state/location';
import { spokenId } from '../state/spoken';
import { endsOnLayer, isSameWire, whyNot, wireEdits, withoutWire } from './connecting';
import { createEdgeDeriver } from './deriveEdges';
import { createNodeDeriver } from './deriveNodes';
import { noGhosts } from './ghosts';
import { createScenery } from './scene';
import { noTints, tintsOf } from './tints';

const conv: Sketch = ['conv2d', { filters: 8, padding: 'same' }];
const names = Array.from({ length: 100 }, (_, index) => `c${index}`);
const document = networkOf({ image: ['input', { shape: [32, 32, 8] }], ...Object.fromEntries(names.map((name) => [name, conv])) }, [
  `image → c0`,
  ...names.slice(1).map((name, index) => `${names[index] ?? ''} → ${name}`),
]);

function views() {
  const deriveNodes = createNodeDeriver();
  const deriveEdges = createEdgeDeriver();
  const sceneOf = createScenery();
  let analysis = analyze(document);
  return (shown: typeof document) => {
    analysis = analyze(shown, analysis);
    const current = currentGraph(shown, []);
    const scene = sceneOf(shown.graph, shown.blocks, new Map());
    const nodes = deriveNodes({
      document: shown,
      analysis,
      current,
      scene,
      staged: new Set(scene.byId.keys()),
      selected: new Set(),
      tints: noTints.nodes,
      ghosts: noGhosts.nodes,
    });
    return {
      nodes,
      edges: deriveEdges({
        dataFormat: 'channelsLast',
        current,
        selected: new Set(),
        tints: noTints,
        ghosts: noGhosts.edges,
        scene,
        staged: new Set(scene.ways.courses.keys()),
      }),
    };
  };
}

describe('what the canvas shows', () => {
  it('of the same document is the same list', () => {
    const derive = views();
    const before = derive(document);
    const after = derive({ ...document });
    expect(after.nodes).toBe(before.nodes);
    expect(after.edges).toBe(before.edges);
  });

  it('after an edit is new only where the edit reached', () => {
    const derive = views();
    const before = derive(document);
    const after = derive(
      applyEdits(document, [{ kind: 'setParams', id: 'c98', params: { filters: 9, padding: 'same' }, graph: 'network' }]),
    );
    const changed = (a: readonly object[], b: readonly object[]) => a.filter((item, index) => item !== b[index]).length;
    expect(changed(after.nodes, before.nodes)).toBe(1);
    expect(after.edges).toBe(before.edges);
  });

  it('is not new where only shapes are: views look up their own, and React Flow has nothing to do', () => {
    const derive = views();
    const before = derive(document);
    const after = derive(applyEdits(document, [{ kind: 'setParams', id: 'image', params: { shape: [64, 64, 8] }, graph: 'network' }]));
    expect(after.nodes.filter((node, index) => node !== before.nodes[index]).map(({ id }) => id)).toEqual(['image']);
    expect(after.edges).toBe(before.edges);
  });

  it('has words of its own for each layer and each wire, also where a file gives both one id with spaces', () => {
    const derive = views();
    const { nodes, edges } = derive(document);
    const said = [...nodes, ...edges].map(({ domAttributes }) => domAttributes?.['aria-labelledby'] ?? '');
    expect(new Set(said).size).toBe(nodes.length + edges.length);
    expect(said.filter((id) => /\s/.test(id))).toEqual([]);
    expect(spokenId('layer', 'a b')).not.toBe(spokenId('wire', 'a b'));
  });

  it('after a move is one new layer, and no other wire', () => {
    const derive = views();
    const before = derive(document);
    const after = derive(applyEdits(document, [{ kind: 'move', id: 'c5', position: { x: 0, y: 500 }, graph: 'network' }]));
    expect(after.nodes.filter((node, index) => node !== before.nodes[index]).map(({ id }) => id)).toEqual(['c5']);
  });
});

describe('wiring', () => {
  const ends = (source: string, target: string) => ({ source, target, sourceHandle: 'y', targetHandle: 'x' });

  it('refuses a circle by its names, a layer to itself, and what is wired already', () => {
    expect(whyNot(document.graph, ends('c2', 'c0'))).toBe('That would be a circle: c0 → c1 → c2 → c0.');
    expect(whyNot(document.graph, ends('c2', 'c2'))).toMatch(/itself/);
    expect(whyNot(document.graph, ends('c1', 'c2'))).toMatch(/already/);
    expect(whyNot(document.graph, ends('c0', 'c5'))).toBeUndefined();
  });

  it('from a port to a layer goes to its free port, or says why there is none', () => {
    const fork = networkOf({ image: ['input', { shape: [8] }], relu: ['relu'], add: ['add'], free: ['tanh'] }, [
      'image → relu',
      'image → add:inputs.0',
    ]);
    const port = { node: 'relu', port: 'y' };
    expect(endsOnLayer(fork.graph, {}, port, 'source', 'add')).toEqual({
      source: 'relu',
      sourceHandle: 'y',
      target: 'add',
      targetHandle: 'inputs.1',
    });
    expect(endsOnLayer(fork.graph, {}, { node: 'add', port: 'inputs.1' }, 'target', 'free')).toMatchObject({
      source: 'free',
      target: 'add',
    });
    expect(endsOnLayer(fork.graph, {}, port, 'source', 'image')).toBe('“image” has no input.');
    expect(endsOnLayer(fork.graph, {}, { node: 'free', port: 'y' }, 'source', 'relu')).toBe('Every input of “relu” is wired.');
  });

  it('of which an end is taken off may go back to where it was, or anywhere else as the same wire', () => {
    const wire = 'c0 → c1';
    const { graph } = document;
    const back = { source: 'c0', sourceHandle: 'y', target: 'c1', targetHandle: 'x' };
    expect(whyNot(graph, back)).toBe('These two are wired already.');
    expect(whyNot(withoutWire(graph, wire), back)).toBeUndefined();
    expect(endsOnLayer(withoutWire(graph, wire), {}, { node: 'c0', port: 'y' }, 'source', 'c1')).toEqual(back);
    expect(isSameWire(graph, wire, back)).toBe(true);
    const elsewhere = { ...back, target: 'c5' };
    expect(isSameWire(graph, wire, elsewhere)).toBe(false);
    const after = applyEdits(document, wireEdits(graph, 'network', elsewhere, wire));
    expect(after.graph.edges[wire]?.to.node).toBe('c5');
    expect(Object.values(after.graph.edges).filter(({ to }) => to.node === 'c1')).toEqual([]);
  });
});

it('both paths of a mismatch are tinted, the longer one as the main path', () => {
  const bad = networkOf({ image: ['input', { shape: [8, 8, 8] }], main: ['conv2d', { filters: 4, padding: 'same' }], add: ['add'] }, [
    'image → main',
    'main → add:inputs.0',
    'image → add:inputs.1',
  ]);
  const { nodes, edges } = tintsOf(analyze(bad).problems.find(({ mismatch }) => mismatch));
  expect([...nodes]).toEqual([['main', 'main']]);
  expect([...edges.values()].sort()).toEqual(['main', 'main', 'shortcut']);
});
