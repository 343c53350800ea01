import { describe, expect, it } from 'vitest';
import { durationWords, timeLeftWords } from './durations';

/** With plain spaces. */
const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null;

describe('durations in words', () => {
  it.each([
    [0.3, 'less than a second'],
    [37.8, '38 s'],
    [59.7, '1 min'],
    [125, '2 min 5 s'],
    [120, '2 min'],
    [599.9, '10 min'],
    [754, '13 min'],
    [3600, '1 h'],
    [4210, '1 h 10 min'],
    [260_000, '3 days'],
  ])('says %s seconds as %s', (seconds, words) => expect(plain(durationWords(seconds))).toBe(words));

  it('says nothing of an unknown time left', () => {
    expect([timeLeftWords(null), timeLeftWords(NaN), plain(timeLeftWords(38))]).toEqual([null, null, '38 s left']);
  });
});
