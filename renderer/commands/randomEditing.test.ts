import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { newDocument } from '../../shared/document/create';
import type { SkipDocument } from '../../shared/document/document';
import { parseDocument } from '../../shared/document/parse';
import { serializeDocument } from '../../shared/document/serialize';
import { replaceNode } from '../../shared/edits/replace';
import type { Graph, Params } from '../../shared/graph/graph';
import { analyze } from '../../shared/infer/analyze';
import { useDocument, type OpenFile } from '../state/document';
import { historyText, parseHistory } from '../state/historyFile';
import { currentGraph } from '../state/location';
import { useSession } from '../state/session';
import { addLayer, newNode } from './addLayer';
import { commandIds, runCommand } from './commands';
import { shown } from './graphEdits';
import { addableEntries } from './search';
import { inGraph, wire, wireNodes } from './wiring';

// A file that is given or asked for leaves the page, too.
vi.mock('../host/download', () => ({ download: () => undefined }));
vi.mock('../host/chooseFile', () => ({ chooseTextFile: () => Promise.resolve(undefined) }));
vi.stubGlobal('requestAnimationFrame', () => 0);
// Without a window nothing can have the focus.
vi.stubGlobal('document', { activeElement: null, querySelector: () => null, querySelectorAll: () => [] });

/**
 * What a random hand may not do here: leave the page or ask the host (files, runs,
 * help). Every other command of the list is done, also those that come later.
 */
const LEFT_OUT = /^(file|run|help|view)\.|^edit\.(copy|cut|paste)|^go\.(next|previous)Area$/;
const hands = commandIds.filter((id) => !LEFT_OUT.test(id));

function sample(name: string): SkipDocument {
  const parsed = parseDocument(samples[`../../assets/samples/${name}.skip.json`] as string);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.document;
}
const samples = import.meta.glob('../../assets/samples/*.skip.json', { query: '?raw', import: 'default', eager: true });

/** Sequences tried from each beginning. */
const RUNS = 40;

const store = () => useDocument.getState();
const session = () => useSession.getState();

interface Act {
  readonly kind: string;
  readonly a: number;
  readonly b: number;
}

/** Each act does one thing that a person can do; `a` and `b` choose among what is there. */
const acts: Readonly<Record<string, (a: number, b: number) => void>> = {
  command: (a) => void runCommand(pick(hands, a)),
  undo: () => store().undo(),
  redo: () => store().redo(),
  add: (a) => void addLayer(pick(addableEntries(store().document), a).addable),
  insert(a, b) {
    const onWire = maybe(Object.keys(shown().graph.edges), b);
    addLayer(pick(addableEntries(store().document), a).addable, { onWire });
  },
  select(a, b) {
    const { nodes, edges, annotations = {} } = shown().graph;
    const some = (ids: readonly string[], from: number) => ids.slice(from % (ids.length + 1)).slice(0, 1 + (b % 4));
    session().select(
      some(Object.keys(nodes), a),
      b % 3 === 0 ? some(Object.keys(edges), a) : [],
      b % 5 === 0 ? Object.keys(annotations) : [],
    );
  },
  wireNodes(a, b) {
    const ids = Object.keys(shown().graph.nodes);
    if (ids.length > 1) wireNodes(pick(ids, a), pick(ids, b));
  },
  wirePorts(a, b) {
    const ids = Object.keys(shown().graph.nodes);
    if (ids.length > 1)
      wire(
        { node: pick(ids, a), port: pick(['y', 'shortcut', 'none'], b) },
        { node: pick(ids, b), port: pick(['x', 'inputs.0', 'inputs.1'], a) },
      );
  },
  setParams(a, b) {
    const { graph, ref } = shown();
    const node = maybe(Object.values(graph.nodes), a);
    const [name, value] = maybe(Object.entries(node?.params ?? {}), b) ?? [];
    if (!node || name === undefined) return;
    const next: Params[string] =
      typeof value === 'number' ? 1 + (b % 64) : Array.isArray(value) ? [1 + (b % 3), 1 + (a % 3)] : (value as Params[string]);
    store().edit(
      `Set ${name}`,
      [{ kind: 'setParams', graph: ref, id: node.id, params: { ...node.params, [name]: next } }],
      b % 2 ? 'merge' : 'record',
    );
  },
  rename(a, b) {
    const { graph, ref } = shown();
    const id = maybe(Object.keys(graph.nodes), a);
    if (id !== undefined) store().edit('Rename', [{ kind: 'rename', graph: ref, id, name: `layer${b}` }], 'record');
  },
  replace(a, b) {
    const now = shown();
    const id = maybe(Object.keys(now.graph.nodes), a);
    const model = newNode(pick(addableEntries(now.document), b).addable, now);
    if (id !== undefined && model)
      store().edit('Replace', inGraph(now.ref, replaceNode(now.graph, now.document.blocks, id, model)), 'record');
  },
  drag(a, b) {
    const { graph, ref } = shown();
    const id = maybe(Object.keys(graph.nodes), a);
    if (id === undefined) return;
    store().beginGesture('Move');
    for (let step = 1; step < 4; step += 1)
      store().edit('Move', [{ kind: 'move', graph: ref, id, position: { x: b, y: a + step } }], 'merge');
    if (b % 3 === 0) store().cancelGesture();
    else store().endGesture();
  },
  openBlock(a) {
    const id = maybe(Object.keys(shown().graph.nodes), a);
    if (id !== undefined) session().openBlock(id);
  },
  leaveBlock: () => session().leaveTo(0),
  goTo(a) {
    let step = store().history.past;
    for (let back = a % 5; back > 0 && step; back -= 1) step = step.previous;
    store().goTo(step);
  },
  save() {
    store().markSaved(store().document, FILE);
    expect(store().isDirty).toBe(false);
  },
  reload,
};
const FILE: OpenFile = { handle: 'h', name: 'a.skip.json', folder: '/', readOnly: false, stamp: 's', lockedBy: null };

/** As after closing and opening again: from the file's text, with the history's text. */
function reload(): void {
  const { document, history } = store();
  const [text, steps] = [serializeDocument(document), historyText(history, document)];
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  expect(parsed.value.notices).toEqual([]);
  store().load({ document: parsed.value.document, file: null, title: 'a', isDirty: false });
  session().reset();
  const kept = parseHistory(steps, store().document);
  if (typeof kept === 'string') throw new Error(kept);
  store().adoptHistory(kept);
  expect(serializeDocument(store().document)).toBe(text);
}

function pick<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}
function maybe<T>(items: readonly T[], index: number): T | undefined {
  return items[index % Math.max(1, items.length)];
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('command') },
    { weight: 4, arbitrary: fc.constantFrom('add', 'select', 'wireNodes') },
    { weight: 3, arbitrary: fc.constantFrom('undo', 'redo') },
    { weight: 6, arbitrary: fc.constantFrom(...Object.keys(acts)) },
  ),
  a: fc.nat(5000),
  b: fc.nat(5000),
});

/** What may never be so, whatever was done. */
function brokenIn({ graph, blocks }: SkipDocument): readonly string[] {
  return [graph, ...Object.values(blocks).map((block) => block.graph)].flatMap(danglingIn);
}

function danglingIn({ nodes, edges }: Graph): readonly string[] {
  const inputs = Object.values(edges).map(({ to }) => `${to.node} ${to.port}`);
  return [
    ...Object.entries(edges).flatMap(([id, { from, to }]) => (nodes[from.node] && nodes[to.node] ? [] : [`wire ${id} leads to nothing`])),
    ...Object.entries(nodes).flatMap(([id, node]) => (node.id === id ? [] : [`layer ${id} has the id ${node.id}`])),
    ...Object.entries(edges).flatMap(([id, edge]) => (edge.id === id ? [] : [`wire ${id} has the id ${edge.id}`])),
    ...inputs.filter((input, index) => inputs.indexOf(input) !== index).map((input) => `two wires in ${input}`),
  ];
}

function strayIn(): readonly string[] {
  const { document } = store();
  const { selection, location } = session();
  const { graph } = currentGraph(document, location);
  return [
    ...[...selection.nodes].filter((id) => !graph.nodes[id]),
    ...[...selection.edges].filter((id) => !graph.edges[id]),
    ...[...selection.annotations].filter((id) => !graph.annotations?.[id]),
    ...location.filter(({ block }) => !document.blocks[block]).map(({ block }) => block),
  ];
}

function begin(document: SkipDocument): void {
  store().load({ document, file: null, title: 'Untitled', isDirty: false });
  useSession.setState({ dialog: null, toasts: [] });
  session().reset();
}

function perform({ kind, a, b }: Act): void {
  acts[kind]?.(a, b);
  useSession.setState({ dialog: null });
  const wrong = { broken: brokenIn(store().document), stray: strayIn() };
  if (wrong.broken.length + wrong.stray.length > 0) throw new Error(`${kind} ${a} ${b} left ${JSON.stringify(wrong)}`);
}

/** Back to the beginning and forth to the end: the same documents, the same analysis. */
function walkHistory(): void {
  store().endGesture();
  while (store().canRedo) store().redo();
  const texts = [serializeDocument(store().document)];
  while (store().canUndo) {
    store().undo();
    texts.push(serializeDocument(store().document));
  }
  for (const text of texts.toReversed().slice(1)) {
    store().redo();
    expect(serializeDocument(store().document)).toBe(text);
  }
  const fresh = analyze({ ...store().document });
  expect(store().analysis.problems).toEqual(fresh.problems);
  expect(store().analysis.totals).toEqual(fresh.totals);
}

describe('whatever a random hand does', () => {
  it.each([
    ['an empty network', newDocument('d')],
    ['a network with blocks', sample('digits-resnet')],
  ])('%s stays whole, and its history leads back and forth', (_title, document) => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60, size: 'medium' }), (sequence) => {
        begin(document);
        sequence.forEach(perform);
        walkHistory();
      }),
      { numRuns: RUNS },
    );
  });

  it('is seen where it leaves a wire that leads to nothing', () => {
    const { graph } = sample('digits-mlp');
    const [first = ''] = Object.keys(graph.nodes);
    const { [first]: _gone, ...nodes } = graph.nodes;
    expect(danglingIn({ ...graph, nodes })).toEqual([expect.stringContaining('leads to nothing')]);
  });
});
