import { describe, expect, it } from 'vitest';
import { dataNotes, MOST_UNREADABLE } from './dataNotes';

describe('what a run tells of its data', () => {
  it('is nothing where images are there in time', () => {
    expect(dataNotes({})).toEqual([]);
    expect(dataNotes({ waitingForData: 0.05, unreadable: [] })).toEqual([]);
    expect(dataNotes({ waitingForData: null })).toEqual([]);
  });

  it('names the bottleneck with its share, and a file that could not be read', () => {
    const [bottleneck, unread] = dataNotes({ waitingForData: 0.42, unreadable: ['cat/a.jpg: bad header'] });
    expect(bottleneck).toMatch(/^Data is the bottleneck: the engine waits for images 42 % of the time\./);
    expect(unread).toBe('One file could not be read and is left out: cat/a.jpg: bad header.');
  });

  it('counts files that could not be read as long as all are named, and says three of them', () => {
    const names = Array.from({ length: MOST_UNREADABLE }, (_, index) => `${index}.jpg: cut`);
    expect(dataNotes({ unreadable: names.slice(0, 2) })).toEqual(['2 files could not be read and are left out: 0.jpg: cut; 1.jpg: cut.']);
    expect(dataNotes({ unreadable: names })).toEqual([
      '20 files or more could not be read and are left out: 0.jpg: cut; 1.jpg: cut; 2.jpg: cut; ….',
    ]);
  });
});
