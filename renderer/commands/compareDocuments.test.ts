import { describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/create';
import { applyEdits } from '../../shared/graph/applyEdits';
import type { Edit } from '../../shared/graph/edit';
import { compareDocuments, differencesText } from './compareDocuments';

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
    expect(differencesText(compareDocuments(start, ab))).toBe('Added a and b.');
    expect(differencesText(compareDocuments(ab, start))).toBe('Removed a and b.');
    expect(differencesText(compareDocuments(ab, applyEdits(ab, [wire])))).toBe('1 wire added.');
    expect(differencesText(compareDocuments(ab, applyEdits(ab, [add('c'), add('d'), add('e')])))).toBe('Added 3 layers.');
  });

  it('is nothing where layers only stand elsewhere', () => {
    const moved = applyEdits(start, [add('a', 500), add('b', 900)]);
    expect(differencesText(compareDocuments(ab, moved))).toBe('No layer and no wire changed.');
  });
});
