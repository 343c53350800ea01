import { describe, expect, it } from 'vitest';
import { dataNotes } from './dataNotes';

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
});
