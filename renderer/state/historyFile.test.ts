import { beforeEach, describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/create';
import { parseDocument } from '../../shared/document/parse';
import { serializeDocument } from '../../shared/document/serialize';
import { useDocument } from './document';
import { historyText, parseHistory } from './historyFile';
import { lastOf, lineTo } from '../../shared/history/historySteps';

const store = () => useDocument.getState();

function add(id: string): void {
  const node = { id, type: 'relu', name: id, params: {}, position: { x: 0, y: 0 } };
  store().edit(`Add ${id}`, [{ kind: 'addNode', graph: 'network', node }], 'record');
}

/** The document as it is after a save and another start. */
function reopened() {
  const parsed = parseDocument(serializeDocument(store().document));
  if (!parsed.ok) throw new Error('It cannot be read.');
  return parsed.value.document;
}

beforeEach(() => {
  store().load({ document: newDocument('d'), file: null, title: 'd', isDirty: false });
});

describe('a history that outlives the session', () => {
  it('undoes, redoes and knows its branches after reopening', () => {
    add('a');
    add('b');
    store().undo();
    add('c');
    add('d');
    store().undo();
    const text = historyText(store().history, store().document);
    const document = reopened();
    store().load({ document, file: null, title: 'd', isDirty: false });
    const history = parseHistory(text, document);
    if (typeof history === 'string') throw new Error(history);
    store().adoptHistory(history);
    expect(store()).toMatchObject({ undoLabel: 'Add c', redoLabel: 'Add d', isDirty: false });
    store().goTo(history.branches[0] ?? null);
    expect(Object.keys(store().document.graph.nodes)).toEqual(['a', 'b']);
    store().goTo(null);
    expect(store().document.graph.nodes).toEqual({});
  });

  it('is dropped where the document was changed without it, or where it is damaged', () => {
    add('a');
    const text = historyText(store().history, store().document);
    expect(parseHistory(text, newDocument('d'))).toMatch(/changed/);
    expect(parseHistory(text.slice(1), store().document)).toMatch(/damaged/);
    expect(parseHistory(text.replace('"value":', '"valve":'), store().document)).toMatch(/damaged/);
  });

  it('keeps the latest 200 steps', () => {
    for (let number = 0; number < 230; number += 1) add(`n${number}`);
    const history = parseHistory(historyText(store().history, store().document), reopened());
    if (typeof history === 'string') throw new Error(history);
    const line = lineTo(lastOf(history));
    expect([line.length, line[0]?.label]).toEqual([200, 'Add n30']);
  });
});
