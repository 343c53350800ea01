import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { networkOf } from '../../shared/testing/networks';
import { announceEdits, editWords, tellEditAs, tellInstead } from './announceEdits';
import { useDocument } from './document';
import { useSession } from './session';

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

describe('one voice for each edit', () => {
  let end = () => {};
  const said = () => useSession.getState().announcements.map(({ text }) => text);
  const cut = [{ kind: 'disconnect', id: 'image → conv', graph: 'network' }] as const;

  beforeEach(() => {
    vi.useFakeTimers();
    useSession.setState({ announcements: [] });
    end = announceEdits();
  });
  afterEach(() => {
    end();
    vi.useRealTimers();
  });

  it('an act with words of its own is told in these, and nothing besides', () => {
    store().edit('Remove a wire', cut, 'record');
    tellInstead('Repaired.');
    vi.runAllTimers();
    expect(said()).toEqual(['Repaired.']);
    store().undo();
    tellInstead();
    vi.runAllTimers();
    expect(said()).toEqual(['Repaired.']);
  });

  it('what came of it is added where the words leave that open', () => {
    store().edit('Remove a wire', cut, 'record');
    tellEditAs('Cut through.');
    vi.runAllTimers();
    expect(said()).toEqual([expect.stringMatching(/^Cut through\. New problem: .*conv/)]);
  });

  it('the next edit is told by itself, however soon it follows', () => {
    store().edit('Remove a wire', cut, 'record');
    tellInstead('Repaired.');
    store().undo();
    vi.runAllTimers();
    expect(said()).toEqual(['Repaired.', expect.stringMatching(/^Undone: Remove a wire\. .*Problem gone/)]);
  });

  it('nothing is told where nothing was edited', () => {
    tellInstead('Repaired.');
    vi.runAllTimers();
    expect(said()).toEqual([]);
  });
});
