import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../graph/applyEdits';
import type { SkipDocument } from '../document/document';
import { parseDocument } from '../document/parse';
import { formatProblem } from '../diagnose/format';
import type { Repair } from '../graph/problem';
import { formatShape } from '../graph/tensor';
import { networkOf, type Sketch } from '../testing/networks';
import { analyze } from './analyze';

function sample(name: string): SkipDocument {
  const parsed = parseDocument(readFileSync(new URL(`../../assets/samples/${name}.skip.json`, import.meta.url), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}

function shapeAt(document: SkipDocument, path: string, port = 'y'): string {
  const type = analyze(document).nodes.get(path)?.outputs[port];
  return type ? formatShape(type.shape) : 'unknown';
}

function codes(document: SkipDocument): string[] {
  return analyze(document).problems.map(({ code }) => code);
}

const image: Sketch = ['input', { shape: [56, 56, 64] }];
const conv = (filters: number, strides = 1, more = {}): Sketch => [
  'conv2d',
  { filters, strides: [strides, strides], padding: 'consistent', useBias: false, ...more },
];

describe('a mismatched residual add', () => {
  const document = sample('mismatched-add');
  const [problem] = analyze(document).problems;

  it('is one problem, with both layers, the axes, the fork and the layer that parted the paths', () => {
    expect(codes(document)).toEqual(['shape/add-stride']);
    expect(problem?.message).toBe(
      'Add "add2": inputs differ in height, width and channels: conv2b gives 28×28×128, shortcut1 gives 56×56×64.',
    );
    expect(problem?.mismatch?.fork?.path).toBe('shortcut1');
    expect(problem?.mismatch?.paths.map(({ parted }) => parted)).toEqual(['n3', undefined]);
    expect(problem?.mismatch?.cause).toContain('On the main path conv2a (3×3 · 128 · /2) makes it 28×28×128. The shortcut has no layers');
  });

  it('reads the same in every place', () => {
    expect(formatProblem(problem as NonNullable<typeof problem>)).toMatch(
      /main +conv2b +28 +28 +128\n +shortcut +shortcut1 +56 +56 +64\n +×½ +×½ +×2/,
    );
  });

  it('leaves what is above it known, and says of what is below why it is not', () => {
    const analysis = analyze(document);
    expect(shapeAt(document, 'n5')).toBe('28×28×128');
    expect(analysis.nodes.get('n9')?.blockedBy).toBe('n6');
    expect(problem?.blocked).toHaveLength(5);
    expect(analysis.totals.leftOut).toBe(6);
  });

  it.each([
    ['channels', conv(128), 'shape/add-channels'],
    ['strides', conv(64, 2), 'shape/add-stride'],
    ['one pixel', conv(64, 1, { kernelSize: [2, 2], padding: 'valid' }), 'shape/add-off-by-one'],
  ] as const)('that differs by %s has a code of its own', (_title, main, code) => {
    expect(codes(networkOf({ image, main, add: ['add'] }, ['image → main', 'main → add:inputs.0', 'image → add:inputs.1']))).toContain(
      code,
    );
  });

  it('of different rank and of one channel against many are problems too', () => {
    const rank = networkOf({ image, flat: ['flatten'], add: ['add'] }, ['image → flat', 'flat → add:inputs.0', 'image → add:inputs.1']);
    expect(codes(rank)).toContain('shape/add-rank');
    const broadcast = networkOf({ image, one: conv(1), add: ['add'] }, ['image → one', 'one → add:inputs.0', 'image → add:inputs.1']);
    expect(codes(broadcast)).toContain('shape/add-broadcast');
  });
});

describe('a repair', () => {
  it('is a plan of pure edits with a cost, which is proven by applying it to a copy', () => {
    const document = sample('mismatched-add');
    const shortcut = document.graph.nodes['n2'] as NonNullable<(typeof document.graph.nodes)[string]>;
    const before = analyze(document);
    const projected = { ...shortcut.params, filters: 128, strides: [2, 2] };
    const repair: Repair = {
      id: 'by-hand',
      title: 'Project the shortcut: 1×1 conv, 128 filters, strides 2',
      reveals: [],
      edits: [{ kind: 'setParams', id: 'n2', params: projected, graph: 'network' }],
      cost: { parameters: 64 * 128, macs: 28 * 28 * 64 * 128, bytes: 0 },
    };
    const after = analyze(applyEdits(document, repair.edits), before);
    expect(after.problems).toEqual([]);
    const known = (analysis: typeof after) => analysis.nodes.get('n2')?.parameters ?? NaN;
    expect(known(after) - known(before)).toBe(repair.cost.parameters);
    expect(after.nodes.get('n2')?.macs).toBe(repair.cost.macs);
    // The document itself is as it was: a preview costs nothing to take back.
    expect(analyze(document).problems).toHaveLength(1);
  });
});

describe('other problems', () => {
  it.each([
    [
      'a kernel larger than its input',
      { image: ['input', { shape: [3, 3, 1] }], conv: ['conv2d', { kernelSize: [7, 7] }] },
      ['image → conv'],
      'shape/kernel-larger-than-input',
    ],
    ['dense on an image', { image, dense: ['dense'] }, ['image → dense'], 'shape/dense-on-image'],
    ['nothing connected', { image, relu: ['relu'] }, [], 'graph/not-connected'],
    ['two wires into one port', { image, other: image, relu: ['relu'] }, ['image → relu', 'other → relu'], 'graph/two-wires'],
    ['a parameter out of range', { image, conv: ['conv2d', { filters: 0 }] }, ['image → conv'], 'param/invalid'],
    ['a layer of another version', { image, warp: ['warp9'] }, ['image → warp'], 'layer/unknown'],
    ['strides on an identity shortcut', { image, s: ['shortcut', { strides: [2, 2] }] }, ['image → s'], 'param/identity-with-strides'],
    [
      'a concatenate whose other axes differ',
      { image, half: conv(64, 2), join: ['concatenate'] },
      ['image → half', 'image → join:inputs.0', 'half → join:inputs.1'],
      'shape/concatenate-stride',
    ],
  ] as [string, Record<string, Sketch>, string[], string][])('%s', (_title, layers, wires, code) => {
    expect(codes(networkOf(layers, wires))).toContain(code);
  });

  it('a cycle is named, and the layers off it stay known', () => {
    const document = networkOf({ image, a: ['add'], r: ['relu'], s: ['relu'] }, [
      'image → a:inputs.0',
      'r → a:inputs.1',
      'a → r',
      'image → s',
    ]);
    const problem = analyze(document).problems.find(({ code }) => code === 'graph/cycle');
    expect(problem?.message).toMatch(/a → r → a|r → a → r/);
    expect(shapeAt(document, 's')).toBe('56×56×64');
  });

  it('a number that is none is told, beside a layer with null in its place as alone', () => {
    // JSON of a file may have 1e999.
    const images = (first: number | null, second: number | null) =>
      networkOf({ a: ['input', { shape: [8, 8, 3], minAspectDim: first }], b: ['input', { shape: [8, 8, 3], minAspectDim: second }] }, []);
    const wrong = (document: SkipDocument) =>
      analyze(document)
        .problems.filter(({ param }) => param === 'minAspectDim')
        .map(({ node }) => node);
    expect([wrong(images(null, Infinity)), wrong(images(Infinity, null)), wrong(images(null, null))]).toEqual([['b'], ['a'], []]);
  });

  it.each(['nowhere', 'constructor'])('a wire from a port that is not there (%s) is none', (port) => {
    const document = networkOf({ image, relu: ['relu'] }, [`image:${port} → relu`]);
    const { nodes } = analyze(document);
    expect(nodes.get('image')?.outputs[port]).toBeUndefined();
    expect(nodes.get('relu')).toMatchObject({ inputs: {}, problems: [{ code: 'graph/not-connected', port: 'x' }] });
  });

  it('the error of a kernel says what was received, what was expected and how to mend it', () => {
    const [problem] = analyze(
      networkOf({ image: ['input', { shape: [3, 3, 1] }], conv2a: ['conv2d', { kernelSize: [7, 7] }] }, ['image → conv2a']),
    ).problems;
    expect(problem?.message).toBe(
      'Conv2D "conv2a": kernel 7×7 does not fit its input of 3×3 with padding "valid". Expected an input of at least 7×7. Use padding "consistent", or a kernel of 3 or less.',
    );
  });
});

describe('sizes that are not fixed', () => {
  it('stay expressions, and are proven equal where they are', () => {
    const free: Sketch = ['input', { shape: ['H', 'W', 3] }];
    const document = networkOf({ image: free, a: conv(8, 2), b: conv(8, 2, { kernelSize: [1, 1] }), add: ['add'] }, [
      'image → a',
      'image → b',
      'a → add:inputs.0',
      'b → add:inputs.1',
    ]);
    expect(shapeAt(document, 'add')).toBe('⌊(H+1)/2⌋×⌊(W+1)/2⌋×8');
    expect(codes(document)).not.toContain('shape/add-off-by-one');
  });

  it('that agree only for some inputs are a warning, not an error', () => {
    const free: Sketch = ['input', { shape: ['H', 'H', 4] }];
    const document = networkOf(
      { image: free, a: conv(4, 2), b: ['maxPooling2d', { poolSize: [2, 2], strides: [2, 2] }], add: ['add'], out: ['output'] },
      ['image → a', 'image → b', 'a → add:inputs.0', 'b → add:inputs.1', 'add → out'],
    );
    expect(analyze(document).problems.map(({ code, severity }) => [code, severity])).toEqual([['shape/add-unproven', 'warning']]);
  });
});

describe('both data formats', () => {
  it('give the same sizes, each in its own order', () => {
    const layers = (shape: number[]): Record<string, Sketch> => ({
      image: ['input', { shape }],
      s: ['shortcut', { filters: 32, strides: [2, 2] }],
      p: ['globalAveragePooling2d'],
    });
    const last = networkOf(layers([9, 7, 16]), ['image → s', 's:shortcut → p']);
    const first = networkOf(layers([16, 9, 7]), ['image → s', 's:shortcut → p'], 'channelsFirst');
    expect([shapeAt(last, 's', 'shortcut'), shapeAt(first, 's', 'shortcut')]).toEqual(['5×4×32', '32×5×4']);
    expect([shapeAt(last, 'p'), shapeAt(first, 'p')]).toEqual(['32', '32']);
    expect(analyze(first).totals.parameters).toBe(analyze(last).totals.parameters);
  });
});

describe('blocks', () => {
  const document = sample('digits-resnet');

  it('are expanded with paths, once for each use, with the values of that use', () => {
    const analysis = analyze(document);
    expect([...analysis.flat.nodes.values()].filter(({ type }) => type === 'add').map(({ name }) => name)).toEqual([
      'block1/add',
      'block2/add',
      'block3/add',
    ]);
    expect([shapeAt(document, 'n3'), shapeAt(document, 'n4'), shapeAt(document, 'n5')]).toEqual(['8×8×16', '4×4×32', '4×4×32']);
    expect(analysis.problems).toEqual([]);
  });

  it('have the parameters that a hand calculation gives', () => {
    // block1: 2·16 (γ, β) + 2·16 (statistics), twice, and two 3×3×16×16 kernels.
    expect(analyze(document).nodes.get('n3')?.parameters).toBe(2 * 4 * 16 + 2 * 9 * 16 * 16);
    // block2: norms of 16 and of 32 channels, 3×3×16×32 and 3×3×32×32 kernels, 1×1×16×32 projection.
    expect(analyze(document).nodes.get('n4')?.parameters).toBe(4 * 16 + 4 * 32 + 9 * 16 * 32 + 9 * 32 * 32 + 16 * 32);
  });

  it('that contain themselves, are gone or name an unknown parameter are told, not followed', () => {
    const block = (graph: SkipDocument['graph']) => ({
      ...document,
      blocks: { residual: { ...(document.blocks['residual'] as NonNullable<(typeof document.blocks)[string]>), graph } },
    });
    const inside = document.blocks['residual']?.graph as SkipDocument['graph'];
    const recursive = block({
      ...inside,
      nodes: {
        ...inside.nodes,
        self: { id: 'self', type: 'block', block: 'residual', name: 'self', params: {}, position: { x: 0, y: 0 } },
      },
    });
    expect(codes(recursive)).toContain('block/recursive');
    expect(codes({ ...document, blocks: {} })).toContain('block/missing');
    const conv2a = Object.values(inside.nodes).find(({ name }) => name === 'conv2a') as (typeof inside.nodes)[string];
    expect(
      codes(
        block({
          ...inside,
          nodes: { ...inside.nodes, [conv2a.id]: { ...conv2a, params: { ...conv2a.params, filters: { $: 'nowhere' } } } },
        }),
      ),
    ).toContain('block/unknown-parameter');
  });
});

describe('an edit', () => {
  const chain = (length: number) => {
    const names = Array.from({ length }, (_, index) => `relu${index}`);
    return networkOf({ image, ...Object.fromEntries(names.map((name): [string, Sketch] => [name, ['relu']])) }, [
      'image → relu0',
      ...names.slice(1).map((name, index) => `${names[index] as string} → ${name}`),
    ]);
  };

  it('keeps the analysis of every layer that it does not reach', () => {
    const document = networkOf({ image, a: conv(8), b: conv(8), c: ['relu'] }, ['image → a', 'image → b', 'b → c']);
    const before = analyze(document);
    const after = analyze(applyEdits(document, [{ kind: 'setParams', id: 'a', params: { filters: 9 }, graph: 'network' }]), before);
    expect(after.nodes.get('a')).not.toBe(before.nodes.get('a'));
    for (const path of ['image', 'b', 'c']) expect(after.nodes.get(path), path).toBe(before.nodes.get(path));
  });

  it('that changes no type stops where it is', () => {
    const document = networkOf({ image, a: conv(8), c: ['relu'] }, ['image → a', 'a → c']);
    const before = analyze(document);
    const after = analyze(
      applyEdits(document, [
        { kind: 'setParams', id: 'a', params: { filters: 8, kernelSize: [5, 5], padding: 'same', useBias: true }, graph: 'network' },
      ]),
      before,
    );
    expect(after.nodes.get('c')).toBe(before.nodes.get('c'));
  });

  it('of a move keeps everything', () => {
    const document = chain(50);
    const before = analyze(document);
    const after = analyze(applyEdits(document, [{ kind: 'move', id: 'relu7', position: { x: 5, y: 5 }, graph: 'network' }]), before);
    for (const [path, node] of before.nodes) expect(after.nodes.get(path)).toBe(node);
  });

  it('gives what an analysis from nothing gives', () => {
    const document = sample('digits-resnet');
    const edited = applyEdits(document, [
      { kind: 'setParams', id: 'n4', params: { filters: 24, strides: [2, 2], shortcutFilters: null }, graph: 'network' },
    ]);
    const incremental = analyze(edited, analyze(document));
    const fresh = analyze({ ...edited });
    expect([...incremental.nodes]).toEqual([...fresh.nodes]);
    expect(incremental.problems).toEqual(fresh.problems);
    expect(incremental.problems.length).toBeGreaterThan(0);
  });
});

describe('a merge between whose inputs a wire was taken off', () => {
  it('is told with the ports that it has', () => {
    const document = networkOf(
      { image: ['input', { shape: [8, 8, 3] }], conv: ['conv2d', { filters: 4, padding: 'same' }], sum: ['add'] },
      ['image → conv', 'image → sum:inputs.0', 'conv → sum:inputs.2'],
    );
    const problem = analyze(document).problems.find(({ code }) => code === 'shape/add-channels');
    expect(problem?.mismatch?.paths.map(({ port, from }) => [port, from])).toEqual([
      ['inputs.0', 'image'],
      ['inputs.2', 'conv'],
    ]);
  });
});
