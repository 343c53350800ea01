import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Graph, ParamValue } from '../graph/graph';
import { findLayer } from '../layers/index';
import { newDocument } from './create';
import { DOCUMENT_VERSION, type SkipDocument } from './document';
import { defaultLoss } from '../training/losses/index';
import { documentMigrations, migrateEnvelope, migrateParams } from './migrations';
import { parseDocument } from './parse';
import { serializeDocument } from './serialize';

const folder = new URL('../../assets/samples/', import.meta.url);
const samples = readdirSync(folder).filter((name) => name.endsWith('.skip.json'));
const resnet = readFileSync(new URL('digits-resnet.skip.json', folder), 'utf8');

function codeOf(text: string): string {
  const parsed = parseDocument(text);
  return parsed.ok ? 'ok' : parsed.error.code;
}

function changed(change: (file: Record<string, unknown>) => unknown): string {
  const file = JSON.parse(resnet) as Record<string, unknown>;
  return JSON.stringify(change(file) ?? file);
}

describe('the samples', () => {
  it.each(samples)('%s opens without a notice and is written back byte for byte', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const parsed = parseDocument(text);
    expect(parsed).toMatchObject({ ok: true, value: { notices: [], repaired: false } });
    if (parsed.ok) expect(serializeDocument(parsed.value.document)).toBe(text);
  });
});

it.each([
  ['{ "format": nonsense }', 'line 1, column 14'],
  ['{\n  "format": "skipwire",\n  "version": 2,,\n  "id": "a"\n}', 'line 3, column 16'],
  ['[1, 2, }]', 'line 1, column 8'],
  ['[1, 2, ]', 'line 1, column 8'],
  ['{"b": [[1, 2], [3, ]]}', 'line 1, column 20'],
  ['{\n  "version": 1.x\n}', 'line 2, column 16'],
])('%j is no JSON, at the right place', (text, place) => {
  const parsed = parseDocument(text);
  expect(parsed.ok ? '' : `${parsed.error.code} ${parsed.error.message}`).toBe(`E_JSON The file is not JSON: ${place}.`);
});

it('tells the first character that cannot be there, wherever in a file a wrong one comes in', () => {
  const isBegun = (text: string) => {
    try {
      return JSON.parse(text) !== undefined;
    } catch (error) {
      const { message } = error as Error;
      return /Unexpected end|Unterminated string/.test(message) || Number(/position (\d+)/.exec(message)?.[1] ?? 0) >= text.length;
    }
  };
  let told = 0;
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.nat(), fc.constantFrom(...'!,:]}x[{0"'), (json, at, wrong) => {
      const cut = at % (json.length + 1);
      const text = `${json.slice(0, cut)}${wrong}${json.slice(cut)}`;
      const parsed = parseDocument(text);
      if (parsed.ok || parsed.error.code !== 'E_JSON') return;
      told += 1;
      const first =
        Array.from({ length: text.length }, (_, index) => index).find((index) => !isBegun(text.slice(0, index + 1))) ?? text.length;
      expect(parsed.error.message).toBe(`The file is not JSON: line 1, column ${first + 1}.`);
    }),
    { numRuns: 500 },
  );
  expect(told).toBeGreaterThan(100);
});

it('keeps which layers a person placed', () => {
  const text = changed((file) => {
    const { nodes } = file['graph'] as { nodes: Record<string, unknown>[] };
    if (nodes[1]) nodes[1]['placed'] = true;
  });
  const parsed = parseDocument(text);
  const document = parsed.ok ? parsed.value.document : undefined;
  expect(Object.values(document?.graph.nodes ?? {}).map(({ placed }) => placed === true)).toEqual([
    false,
    true,
    ...Array<boolean>(Object.keys(document?.graph.nodes ?? {}).length - 2).fill(false),
  ]);
  const again = document && parseDocument(serializeDocument(document));
  expect(again).toMatchObject({ ok: true, value: { document: { graph: document?.graph }, repaired: false } });
});

describe('a bad file gives one clear error', () => {
  it.each([
    ['nothing', '', 'E_EMPTY'],
    ['blanks', ' \n ', 'E_EMPTY'],
    ['zeros, as after a power cut', '\0'.repeat(5000), 'E_ZEROED'],
    ['UTF-16 read as UTF-8', '\uFFFD\uFFFD{\0"\0', 'E_ENCODING'],
    ['a byte that is not UTF-8', resnet.replace('conv1', 'conv\uFFFD'), 'E_ENCODING'],
    [
      'marks of a merge conflict',
      resnet.replace(/"version": \d+,/, '<<<<<<< HEAD\n"version": 2,\n=======\n"version": 3,\n>>>>>>> theirs'),
      'E_MERGE',
    ],
    ['a trailing comma', '{"format": "skipwire",}', 'E_JSON'],
    ['1e999 as a position', resnet.replace('"position": [0, 0]', '"position": [1e999, 0]'), 'E_FIELD'],
    ['200,000 brackets', '['.repeat(200_000), 'E_TOO_DEEP'],
    ['null', 'null', 'E_NOT_PROJECT'],
    ['a list', '[]', 'E_NOT_PROJECT'],
    ['a number', '3', 'E_NOT_PROJECT'],
    ['another program’s JSON', '{"modelTopology": {}}', 'E_NOT_PROJECT'],
    ['a version of the future', changed((file) => void (file['version'] = 999)), 'E_NEWER'],
    ['a layer of the future', changed((file) => void ((file['layers'] as Record<string, number>)['conv2d'] = 99)), 'E_NEWER'],
    ['a version that is none', changed((file) => void (file['version'] = 'one')), 'E_NOT_PROJECT'],
    ['a wrong type', changed((file) => void (file['dataFormat'] = 7)), 'E_FIELD'],
    ['a field that nobody knows', changed((file) => void (file['surprise'] = true)), 'E_FIELD'],
    ['a block by a name that every object has', resnet.replace('"type": "softmax"', '"type": "block", "block": "toString"'), 'E_FIELD'],
    ['a position that is no number', resnet.replace('"position": [0, 0]', '"position": [null, 0]'), 'E_FIELD'],
  ])('%s', (_title, text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  it('a double id names both places', () => {
    const text = changed((file) => {
      const graph = file['graph'] as { nodes: { id: string }[] };
      (graph.nodes[3] as { id: string }).id = 'n1';
    });
    const parsed = parseDocument(text);
    expect(parsed.ok ? '' : parsed.error.message).toBe('The nodes of the network have the id "n1" twice, as entries 1 and 4.');
  });

  it('a conflict and a syntax error name the line', () => {
    const merge = parseDocument(resnet.replace(/ {2}"version": \d+,/, '<<<<<<< HEAD\n  "version": 2,'));
    expect(merge.ok ? '' : merge.error.message).toContain('Line 3 ');
    const syntax = parseDocument('{\n  "format": "skipwire",\n  "version": 1,,\n}');
    expect(syntax.ok ? '' : syntax.error.message).toContain('line 3, column 16');
  });

  it('cut off anywhere it is never a part of a network', () => {
    const text = resnet.trimEnd();
    for (let length = 1; length < text.length; length += 7)
      expect(['E_TRUNCATED', 'E_EMPTY', 'E_JSON'], `at ${length}`).toContain(codeOf(text.slice(0, length)));
  });

  it('damaged at random it is an error or a document, never a crash', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(resnet.length - 1), fc.string({ minLength: 1, maxLength: 3, unit: 'binary' })), {
          minLength: 1,
          maxLength: 4,
        }),
        (damages) => {
          const text = damages.reduce((whole, [at, piece]) => whole.slice(0, at) + piece + whole.slice(at + piece.length), resnet);
          expect(typeof parseDocument(text).ok).toBe('boolean');
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what is mended or kept', () => {
  it('a byte order mark is no harm', () => {
    expect(codeOf(`\uFEFF${resnet}`)).toBe('ok');
  });

  it('a wire to nowhere is left out and told, and the document counts as changed', () => {
    const parsed = parseDocument(
      changed((file) => void (file['graph'] as { wires: unknown[] }).wires.push({ id: 'e99', from: ['n1', 'y'], to: ['gone', 'x'] })),
    );
    expect(parsed).toMatchObject({
      ok: true,
      value: { repaired: true, notices: ['Wire "e99" of the network led to "gone", which is not there; it was left out.'] },
    });
  });

  it('a layer that this version does not know is written back untouched', () => {
    const strange = {
      id: 'n99',
      type: 'warpDrive',
      name: 'warp',
      params: { flux: [1, { deep: null }], label: '<img src=x onerror=alert(1)>' },
      position: [8, 8],
    };
    const text = changed((file) => {
      (file['graph'] as { nodes: unknown[] }).nodes.push(strange);
      (file['layers'] as Record<string, number>)['warpDrive'] = 7;
    });
    const parsed = parseDocument(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(parsed.value.notices).toEqual(['This version does not know the layer "warpDrive". It is kept as it is.']);
    const again = JSON.parse(serializeDocument(parsed.value.document)) as { graph: { nodes: unknown[] }; layers: Record<string, number> };
    expect(again.graph.nodes).toContainEqual(strange);
    expect(again.layers['warpDrive']).toBe(7);
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty'])('the id %s is data like any other', (id) => {
    const text = resnet.replaceAll('"n1"', JSON.stringify(id));
    const parsed = parseDocument(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(Object.keys(parsed.value.document.graph.nodes)).toContain(id);
    expect(({} as { type?: string }).type).toBeUndefined();
    expect(serializeDocument(parsed.value.document)).toBe(text);
  });
});

describe('random documents', () => {
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 12 })
    .map((raw) => raw.replaceAll('\uFFFD', '?').toWellFormed().replaceAll('\uFFFD', '?').replaceAll('\0', '0'));
  const coordinate = fc.integer({ min: -5000, max: 5000 });
  const graph = fc
    .uniqueArray(
      fc.record({
        id: text,
        type: fc.constantFrom('relu', 'conv2d', 'add', 'unknownThing'),
        name: text,
        params: fc.dictionary(text, fc.jsonValue({ maxDepth: 2 })),
        x: coordinate,
        y: coordinate,
      }),
      { selector: ({ id }) => id, maxLength: 8 },
    )
    .chain((nodes) =>
      fc
        .uniqueArray(fc.record({ id: text, from: fc.nat(), to: fc.nat(), port: text }), {
          selector: ({ id }) => id,
          maxLength: nodes.length === 0 ? 0 : 10,
        })
        .map((wires): Graph => ({
          nodes: Object.fromEntries(
            nodes.map(({ id, type, name, params, x, y }) => [
              id,
              { id, type, name, params: params as Record<string, ParamValue>, position: { x, y } },
            ]),
          ),
          edges: Object.fromEntries(
            wires.map(({ id, from, to, port }) => [
              id,
              {
                id,
                from: { node: nodes[from % nodes.length]?.id ?? '', port: 'y' },
                to: { node: nodes[to % nodes.length]?.id ?? '', port },
              },
            ]),
          ),
        })),
    );

  it('saved, opened and saved again are the same bytes', () => {
    fc.assert(
      fc.property(graph, (drawn) => {
        const document: SkipDocument = { ...newDocument('d'), graph: drawn };
        const saved = serializeDocument(document);
        const parsed = parseDocument(saved);
        if (!parsed.ok) throw new Error(`${parsed.error.code} ${parsed.error.message}`);
        expect(serializeDocument(parsed.value.document)).toBe(saved);
      }),
      { numRuns: 1000 },
    );
  });
  it('an edited one says what one made anew says, in the network and inside a block', () => {
    fc.assert(
      fc.property(graph, fc.array(fc.record({ node: fc.nat(), name: text }), { maxLength: 4 }), (drawn, renames) => {
        let document: SkipDocument = { ...newDocument('d'), graph: drawn };
        for (const { node, name } of renames) {
          const old = Object.values(document.graph.nodes)[node % 8];
          // What was written before the edit may not be what is written after it; what is inside a block stands further in.
          const inner = { id: 'b', name: 'b', parameters: [], graph: document.graph };
          const nodes = old ? { ...document.graph.nodes, [old.id]: { ...old, name } } : document.graph.nodes;
          document = { ...document, graph: { ...document.graph, nodes }, blocks: node % 2 === 0 ? { b: inner } : {} };
          expect(serializeDocument(document)).toBe(serializeDocument(structuredClone(document)));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('migrations', () => {
  it('go up one version at a time and are verbs', () => {
    const steps = {
      2: { name: 'renameBlocks', up: (file: Readonly<Record<string, unknown>>) => ({ ...file, blocks: file['definitions'] }) },
      3: { name: 'dropDefinitions', up: ({ definitions: _gone, ...file }: Readonly<Record<string, unknown>>) => file },
    };
    expect(migrateEnvelope({ version: 1, definitions: [1] }, 1, 3, steps)).toEqual({ version: 3, blocks: [1] });
  });

  it('of the file are one for each version after the first', () => {
    expect(Object.keys(documentMigrations).map(Number)).toEqual(Array.from({ length: DOCUMENT_VERSION - 1 }, (_, index) => index + 2));
  });

  it('from version 1 give a training the loss and the rate that it had', () => {
    const old = changed((file) => {
      const { schedule: _, metrics: __, ...training } = file['training'] as Record<string, unknown>;
      const objectives = [{ output: 'digit', loss: 'categoricalCrossentropy', weight: 1, column: 'label' }];
      return { ...file, version: 1, training: { ...training, objectives } };
    });
    const parsed = parseDocument(old);
    if (!parsed.ok) throw new Error(parsed.error.message);
    expect(parsed.value.document).toMatchObject({ version: DOCUMENT_VERSION });
    expect(parsed.value.document.training).toMatchObject({
      schedule: { kind: 'constant' },
      metrics: [{ kind: 'accuracy' }],
      objectives: [{ output: 'digit', loss: defaultLoss, weight: 1, column: 'label' }],
    });
  });

  it('from version 2 give its metrics their settings', () => {
    const old = changed((file) => {
      const training = file['training'] as Record<string, unknown>;
      return { ...file, version: 2, training: { ...training, metrics: ['auc', 'topKCategoricalAccuracy'] } };
    });
    const parsed = parseDocument(old);
    expect(parsed.ok && parsed.value.document.training.metrics).toEqual([{ kind: 'auc' }, { kind: 'topKCategoricalAccuracy', k: 5 }]);
    expect(parsed.ok && parsed.value.repaired).toBe(false);
  });

  it('of a layer are one for each of its versions after the first', () => {
    expect(findLayer('conv2d')?.version).toBe(1 + Object.keys(findLayer('conv2d')?.migrations ?? {}).length);
    expect(migrateParams('conv2d', { filters: 3 }, 1)).toEqual({ filters: 3 });
    expect(migrateParams('maxPooling2d', { poolSize: [3, 3] }, 1)).toEqual({ poolSize: [3, 3], strides: 2 });
    expect(migrateParams('maxPooling2d', { strides: [1, 1] }, 1)).toEqual({ strides: [1, 1] });
    expect(migrateParams('unknownThing', { a: 1 }, 1)).toEqual({ a: 1 });
  });
});

describe('bookmarks', () => {
  const bookmark = { name: 'Stem', inside: ['block1'], x: 10, y: -20, zoom: 0.5 };

  it('come back from the file', () => {
    const document = { ...newDocument('d'), view: { bookmarks: [bookmark] } };
    const parsed = parseDocument(serializeDocument(document));
    expect(parsed.ok && parsed.value.document.view).toEqual({ bookmarks: [bookmark] });
  });

  it('leave no trace in a file without them', () => {
    expect(JSON.parse(serializeDocument({ ...newDocument('d'), view: { bookmarks: [] } }))).toMatchObject({ view: {} });
  });
});
