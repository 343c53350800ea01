import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/create';
import { serializeDocument } from '../../shared/document/serialize';
import type { Edit } from '../../shared/graph/edit';
import type { Graph } from '../../shared/graph/graph';
import { newId, uniqueName } from '../../shared/graph/names';
import { analyze } from '../../shared/infer/analyze';
import { lastOf, lineTo } from '../../shared/history/historySteps';
import { useDocument, type OpenFile } from './document';

const store = () => useDocument.getState();
const file: OpenFile = { handle: 'h', name: 'a.skip.json', folder: '/f', readOnly: false, stamp: 's', lockedBy: null };

const add = (graph: Graph, type: string): Edit => ({
  kind: 'addNode',
  graph: 'network',
  node: {
    id: newId(graph, 'n'),
    type,
    name: uniqueName(graph, type),
    params: type === 'dense' ? { units: 4 } : {},
    position: { x: 0, y: 0 },
  },
});
const move = (id: string, x: number): Edit => ({ kind: 'move', graph: 'network', id, position: { x, y: 0 } });

beforeEach(() => store().load({ document: newDocument('d'), file: null, title: 'Untitled', isDirty: false }));

describe('an edit is one step', () => {
  it('a drag of 200 moves is undone at once', () => {
    store().edit('Add', [add(store().document.graph, 'relu')], 'record');
    const before = store().document;
    store().beginGesture('Move');
    for (let x = 1; x <= 200; x += 1) store().edit('Move', [move('n1', x)], 'merge');
    store().endGesture();
    expect(store().document.graph.nodes['n1']?.position).toEqual({ x: 200, y: 0 });
    expect(store().undoLabel).toBe('Move');
    store().undo();
    expect(store().document).toEqual(before);
    expect(store().undoLabel).toBe('Add');
  });

  it('a gesture that is cancelled leaves nothing behind', () => {
    store().edit('Add', [add(store().document.graph, 'relu')], 'record');
    const before = store().document;
    store().beginGesture('Move');
    store().edit('Move', [move('n1', 50)], 'merge');
    store().cancelGesture();
    expect(store().document).toEqual(before);
    expect(store().undoLabel).toBe('Add');
    expect(store().canRedo).toBe(false);
  });

  it('a gesture that changes nothing is no step', () => {
    store().beginGesture('Move');
    store().endGesture();
    expect(store().canUndo).toBe(false);
  });

  it('typing in a field is one step until the field is left', () => {
    store().edit('Add', [add(store().document.graph, 'dense')], 'record');
    const type = (units: number) => store().edit('Units', [{ kind: 'setParams', graph: 'network', id: 'n1', params: { units } }], 'merge');
    type(1);
    type(12);
    type(128);
    store().sealStep();
    type(7);
    store().undo();
    expect(store().document.graph.nodes['n1']?.params).toEqual({ units: 128 });
    store().undo();
    expect(store().document.graph.nodes['n1']?.params).toEqual({ units: 4 });
  });

  it('where the canvas looks is no step and no unsaved change, and undo leaves it alone', () => {
    store().edit('Add', [add(store().document.graph, 'relu')], 'record');
    store().markSaved(store().document, file);
    store().edit('View', (document) => ({ ...document, view: { viewport: { x: 1, y: 2, zoom: 3 } } }), 'skip');
    expect(store().isDirty).toBe(false);
    store().undo();
    expect(store().document.view).toEqual({ viewport: { x: 1, y: 2, zoom: 3 } });
    expect(store().document.graph.nodes).toEqual({});
  });
});

describe('unsaved changes', () => {
  it('there are none after an edit is undone to what was saved', () => {
    store().edit('Add', [add(store().document.graph, 'relu')], 'record');
    store().markSaved(store().document, file);
    expect(store().isDirty).toBe(false);
    store().edit('Add', [add(store().document.graph, 'relu')], 'record');
    expect(store().isDirty).toBe(true);
    store().undo();
    expect(store().isDirty).toBe(false);
    store().undo();
    expect(store().isDirty).toBe(true);
    store().redo();
    expect(store().isDirty).toBe(false);
  });

  it('an edit made while a save is on its way stays unsaved', () => {
    store().edit('Add', [add(store().document.graph, 'relu')], 'record');
    const sent = store().document;
    store().edit('Add', [add(store().document.graph, 'relu')], 'record');
    store().markSaved(sent, file);
    expect(store().isDirty).toBe(true);
    store().undo();
    expect(store().isDirty).toBe(false);
  });

  it('a draft opens with unsaved changes', () => {
    store().load({ document: newDocument('e'), file, title: 'a', isDirty: true });
    expect(store().isDirty).toBe(true);
  });
});

type Act = {
  readonly kind: 'add' | 'remove' | 'connect' | 'rename' | 'params' | 'drag' | 'cancelledDrag' | 'typing' | 'undo' | 'redo' | 'train';
  readonly a: number;
  readonly b: number;
};

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(
    'add',
    'add',
    'add',
    'remove',
    'connect',
    'connect',
    'rename',
    'params',
    'drag',
    'cancelledDrag',
    'typing',
    'undo',
    'undo',
    'redo',
    'train',
  ),
  a: fc.nat(1000),
  b: fc.nat(1000),
});

function pick(items: readonly string[], index: number): string | undefined {
  return items[index % Math.max(1, items.length)];
}

function perform({ kind, a, b }: Act): void {
  const { graph } = store().document;
  const nodes = Object.keys(graph.nodes);
  const [one, two] = [pick(nodes, a), pick(nodes, b)];
  if (kind === 'undo') return store().undo();
  if (kind === 'redo') return store().redo();
  if (kind === 'add') return store().edit('Add', [add(graph, pick(['input', 'relu', 'dense', 'flatten', 'add'], a) as string)], 'record');
  if (kind === 'train')
    return store().edit('Epochs', (document) => ({ ...document, training: { ...document.training, epochs: 1 + a } }), 'record');
  if (one === undefined || two === undefined) return;
  if (kind === 'remove') return store().edit('Delete', [{ kind: 'removeNode', graph: 'network', id: one }], 'record');
  if (kind === 'rename') return store().edit('Rename', [{ kind: 'rename', graph: 'network', id: one, name: `node${b}` }], 'record');
  if (kind === 'params') return store().edit('Set', [{ kind: 'setParams', graph: 'network', id: one, params: { units: 1 + b } }], 'record');
  if (kind === 'connect') {
    const edge = { id: newId(graph, 'e'), from: { node: one, port: 'y' }, to: { node: two, port: b % 2 ? 'x' : `inputs.${b % 3}` } };
    return store().edit('Connect', [{ kind: 'connect', graph: 'network', edge }], 'record');
  }
  if (kind === 'typing') {
    for (const units of [1, 12, 1 + b])
      store().edit('Units', [{ kind: 'setParams', graph: 'network', id: one, params: { units } }], 'merge');
    return store().sealStep();
  }
  store().beginGesture('Move');
  for (let step = 0; step < 5; step += 1) store().edit('Move', [move(one, a + step + 1), move(two, b + step)], 'merge');
  if (kind === 'drag') store().endGesture();
  else store().cancelGesture();
}

describe('any sequence of edits, undone and redone', () => {
  it('gives identical documents, and the analysis is that of the document', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40, size: 'medium' }), (acts) => {
        store().load({ document: newDocument('d'), file: null, title: 'Untitled', isDirty: false });
        acts.forEach(perform);
        while (store().canRedo) store().redo();
        const last = store().document;
        const texts = [serializeDocument(last)];
        while (store().canUndo) {
          store().undo();
          texts.push(serializeDocument(store().document));
        }
        expect(texts.at(-1)).toBe(serializeDocument(newDocument('d')));
        expect(store().isDirty).toBe(false);
        for (const text of texts.toReversed().slice(1)) {
          store().redo();
          expect(serializeDocument(store().document)).toBe(text);
        }
        expect(store().document).toEqual(last);
        const fresh = analyze({ ...store().document });
        expect(store().analysis.problems).toEqual(fresh.problems);
        expect(store().analysis.totals).toEqual(fresh.totals);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the undo line has an end in memory', () => {
  it('what was opened is not there again where the way to it is forgotten: its changes stay unsaved', () => {
    store().load({ document: newDocument('d'), file: null, title: 'd', isDirty: false });
    for (let number = 0; number < 40; number += 1) {
      const text = `${number}`.padEnd(2_000_000, '.');
      store().edit(`Edit ${number}`, (document) => ({ ...document, training: { ...document.training, text } }), 'record');
    }
    store().goTo(null);
    expect(store()).toMatchObject({ canUndo: false, undoLabel: undefined, isDirty: true });
    expect(lineTo(lastOf(store().history)).length).toBeLessThan(40);
    while (store().canRedo) store().redo();
    expect(store().undoLabel).toBe('Edit 39');
  });
});
