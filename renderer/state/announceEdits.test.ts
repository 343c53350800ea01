import { beforeEach, describe, expect, it } from 'vitest';
import { networkOf } from '../../shared/testing/networks';
import { editWords } from './announceEdits';
import { useDocument } from './document';

const store = () => useDocument.getState();
const start = networkOf({ image: ['input', { shape: [8, 8, 4] }], conv: ['conv2d'], add: ['add'] }, [
  'image → conv → add:inputs.0',
  'image → add:inputs.1',
]);

beforeEach(() => store().load({ document: start, file: null, title: 'Untitled', isDirty: false }));

describe('an edit is told by what it led to', () => {
  it('a problem that came, and its going with undo', () => {
    const before = store();
    store().edit('Remove a wire', [{ kind: 'disconnect', id: 'image → conv', graph: 'network' }], 'record');
    const after = store();
    expect(editWords(before, after)).toMatch(/^Remove a wire\. New problem: .*conv.*\./);
    store().undo();
    expect(editWords(after, store())).toMatch(/^Undone: Remove a wire\. .*Problem gone: .*conv/);
    const undone = store();
    store().redo();
    expect(editWords(undone, store())).toMatch(/^Redone: Remove a wire\./);
  });

  it('several edits at once by what is new in all; nothing new is nothing said', () => {
    const before = store();
    store().edit('Delete', [{ kind: 'removeNode', id: 'image', graph: 'network' }], 'record');
    store().undo();
    expect(editWords(before, store())).toBe('');
  });

  it('many problems by how many there are', () => {
    const adds = Object.fromEntries(['a', 'b', 'c'].map((id) => [id, ['add'] as const]));
    const wires = Object.keys(adds).flatMap((id) => [`image → ${id}:inputs.0`, `image → ${id}:inputs.1`]);
    const wired = networkOf({ image: ['input', { shape: [8] }], ...adds }, wires);
    store().load({ document: wired, file: null, title: 'Untitled', isDirty: false });
    const before = store();
    store().edit('Delete', [{ kind: 'removeNode', id: 'image', graph: 'network' }], 'record');
    const after = store();
    expect(editWords(before, after)).toMatch(/^Delete\. New problems: \d+\./);
    store().undo();
    expect(editWords(after, store())).toMatch(/^Undone: Delete\. .*Problems gone: \d+\./);
  });
});
