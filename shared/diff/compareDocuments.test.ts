import { describe, expect, it } from 'vitest';
import { newDocument } from '../document/create';
import { applyEdits } from '../graph/applyEdits';
import type { Edit } from '../graph/edit';
import { compareDocuments } from './compareDocuments';
import { differencesInASentence } from './words';

const add = (id: string, x = 0): Edit => ({
  kind: 'addNode',
  graph: 'network',
  node: { id, type: 'dense', name: id, params: { units: 3 }, position: { x, y: 0 } },
});
const wire: Edit = {
  kind: 'connect',
  graph: 'network',
  edge: { id: 'e', from: { node: 'a', port: 'output' }, to: { node: 'b', port: 'input' } },
};
const start = newDocument('d');
const ab = applyEdits(start, [add('a'), add('b')]);

describe('what changed between two documents', () => {
  it('is told in a sentence', () => {
    const told = (before: typeof ab, after: typeof ab) => differencesInASentence(compareDocuments(before, after));
    expect(told(start, ab)).toBe('Added a and b.');
    expect(told(ab, start)).toBe('Removed a and b.');
    expect(told(ab, applyEdits(ab, [wire]))).toBe('1 wire added.');
    expect(told(ab, applyEdits(ab, [add('c'), add('d'), add('e')]))).toBe('Added 3 layers.');
  });

  it('is nothing where layers only stand elsewhere', () => {
    const moved = applyEdits(start, [add('a', 500), add('b', 900)]);
    const differences = compareDocuments(ab, moved);
    expect(differencesInASentence(differences)).toBe('No layer and no wire changed.');
    expect([...(differences.places[0]?.kept.values() ?? [])].map(({ isMoved }) => isMoved)).toEqual([true, true]);
  });
});
