import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from './fuzzy';
import { rank } from './search';

const score = (query: string, text: string) => fuzzyMatch(query, text)?.score ?? 0;
const marked = (query: string, text: string) => (fuzzyMatch(query, text)?.letters ?? []).map((index) => text[index]).join('');

describe('a search of entries', () => {
  it('takes words from the name and the keywords together', () => {
    const entries = [{ name: 'conv2a', keywords: ['bookmark', 'place'] }];
    expect(rank(entries, 'conv2a bookmark')).toMatchObject([{ letters: [0, 1, 2, 3, 4, 5] }]);
    expect(rank(entries, 'conv2a file')).toEqual([]);
  });

  it('puts a name with the word before one that is only known by it, and that before letters within a word', () => {
    const entries = [
      { name: 'Research', keywords: [] },
      { name: 'Show log', keywords: ['errors', 'search'] },
      { name: 'Begin a search', keywords: [] },
      { name: 'Search and replace all that there is in this network', keywords: [] },
    ];
    expect(rank(entries, 'search').map(({ entry }) => entry.name.slice(0, 6))).toEqual(['Search', 'Begin ', 'Show l', 'Resear']);
  });
});

describe('a fuzzy search', () => {
  it('finds the same in all ways of writing', () => {
    for (const query of ['batchnorm', 'batch norm', 'Batch-Norm', 'batch_norm'])
      expect(score(query, 'batchNormalization')).toBeGreaterThan(70);
  });

  it('puts the whole before the beginning, the beginning before a word, a word before the middle', () => {
    const texts = ['conv2d', 'conv2dTranspose', 'Depthwise conv2d', 'deconv2d'];
    const scores = texts.map((text) => score('conv2d', text));
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });

  it('finds first letters of words', () => {
    expect(marked('gap', 'globalAveragePooling2d')).toBe('gAP');
    expect(marked('sa', 'Save as…')).toBe('Sa');
    expect(marked('zts', 'Zoom to selection')).toBe('Zts');
  });

  it('takes words in any order', () => {
    expect(marked('dark theme', 'Theme: dark')).toBe('Themedark');
    expect(fuzzyMatch('dark blue', 'Theme: dark')).toBeUndefined();
  });

  it('marks the occurrence that begins a word', () => {
    expect(fuzzyMatch('or', 'Color or tone')?.letters).toEqual([6, 7]);
  });

  it('refuses letters that are only scattered', () => {
    expect(fuzzyMatch('add', 'Grand avenue of dreams')).toBeUndefined();
    expect(fuzzyMatch('xyz', 'conv2d')).toBeUndefined();
  });

  it('answers everything where nothing is asked', () => {
    expect(fuzzyMatch('  ', 'anything')).toEqual({ score: 1, letters: [] });
  });
});
