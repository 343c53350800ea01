import { describe, expect, it } from 'vitest';
import { byteWords, differenceWords, lossWords, percent, whenWords } from './words';

const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ') ?? null;

describe('numbers in words', () => {
  it.each([
    [0.974, '97.4 %'],
    [1, '100.0 %'],
    [null, '–'],
    [NaN, '–'],
  ])('says the share %s as %s', (share, words) => expect(plain(percent(share))).toBe(words));

  it.each([
    [2.3126, '2.31'],
    [0.08123, '0.0812'],
    [0.00001234, '1.23·10⁻⁵'],
    [12345678, '1.23·10⁷'],
    [0, '0.00'],
    [123.456, '123.5'],
    [Infinity, '–'],
  ])('says the loss %s as %s', (loss, words) => expect(plain(lossWords(loss))).toBe(words));

  it.each([
    [3.2e-7, '3·10⁻⁷'],
    [9.7e-10, '1·10⁻⁹'],
    [0.00123, '1·10⁻³'],
    [0.25, '0.25'],
    [0, '0'],
  ])('says the difference %s as %s', (difference, words) => expect(plain(differenceWords(difference))).toBe(words));

  it.each([
    [0, '0 bytes'],
    [1023, '1,023 bytes'],
    [12_700, '12.4 KiB'],
    [1024 ** 2, '1.00 MiB'],
    [1_048_000, '1023 KiB'],
  ])('says %s bytes as %s', (bytes, words) => expect(plain(byteWords(bytes))).toBe(words));
});

describe('times in words', () => {
  it('says when as seen from now', () => {
    const now = new Date(2026, 2, 14, 15, 0).getTime();
    const at = (...parts: [number, number, number, number, number]) => plain(whenWords(new Date(...parts).getTime(), now));
    expect([at(2026, 2, 14, 14, 59), at(2026, 2, 14, 14, 55), at(2026, 2, 14, 9, 5), at(2026, 2, 2, 14, 3), at(2025, 2, 2, 14, 3)]).toEqual(
      ['1 min ago', '5 min ago', 'today 09:05', '2 Mar 14:03', '2 Mar 2025'],
    );
  });
});
