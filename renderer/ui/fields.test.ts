import { describe, expect, it } from 'vitest';
import { parseNumber } from './arithmetic';
import { parseWithin, stepNumber } from './NumberField';
import { formatBytes, formatLarge, setNumberStyle } from './numbers';
import { formatPair, parsePair } from './PairField';

describe('a number in a field', () => {
  it.each([
    ['128', 128],
    [' 64*2 ', 128],
    ['(3+1)/2', 2],
    ['1e-3', 0.001],
    ['-.5', -0.5],
    ['2·3×4', 24],
    ['7 - 2 - 1', 4],
    ['2**5', 32],
    ['2^3^2', 512],
    ['-2**2', -4],
    ['2**-1', 0.5],
    ['50%', 0.5],
    ['64*25%', 16],
  ])('%s is %d', (text, value) => expect(parseNumber(text)).toEqual({ ok: true, value }));

  it.each(['', 'abc', '1/0', '2 3', '(1', '1+', '--', 'alert(1)', '2**', '**2', '%', '9**9**9', '9'.repeat(400)])(
    '“%s” is none',
    (text) => {
      expect(parseNumber(text).ok).toBe(false);
    },
  );

  it.each(['', '-', '64*', '(3', '2**', '1e', '1e-', '3+.', '('])('“%s” may become one by going on', (text) => {
    expect(parseNumber(text)).toMatchObject({ ok: false, isUnfinished: true });
  });

  it.each(['a', '2 3', '3)', '*2', '1..2', '9**9**9'])('“%s” may not', (text) => {
    expect(parseNumber(text)).toMatchObject({ ok: false, isUnfinished: false });
  });

  it('outside of its bounds is refused in words', () => {
    expect(parseWithin('0', { min: 1 })).toEqual({ ok: false, error: '0 is too small. At least 1.' });
    expect(parseWithin('1.5', { integer: true })).toEqual({ ok: false, error: '1.5 is not a whole number.' });
  });

  it('steps within its bounds, to the next power of two with Alt', () => {
    expect(stepNumber(1, -1, false, { min: 1 })).toBe(1);
    expect(stepNumber(0.1, 0.2, false, {})).toBe(0.3);
    expect([48, 64, 1, 0].map((value) => stepNumber(value, 1, true, { integer: true }))).toEqual([64, 128, 2, 1]);
    expect([48, 64, 2, 1].map((value) => stepNumber(value, -1, true, { integer: true, min: 1 }))).toEqual([32, 32, 1, 1]);
    expect(stepNumber(0.001, 1, true, { max: 1 })).toBe(0.002);
  });
});

describe('a pair in a field', () => {
  const bounds = { min: 1, max: 255, integer: true };
  it.each([
    ['3', [3, 3]],
    ['3 × 5', [3, 5]],
    ['3x5', [3, 5]],
    ['3, 5', [3, 5]],
    ['(3, 5)', [3, 5]],
    ['[3, 5]', [3, 5]],
    ['(1+2)x(2*2+1)', [3, 5]],
    ['2+1 x 10/2', [3, 5]],
  ])('%s', (text, value) => expect(parsePair(text, bounds)).toEqual({ ok: true, value }));

  it('reads as one number where both are equal', () => {
    expect(formatPair([3, 3])).toBe('3');
    expect(formatPair([3, 5])).toBe('3×5');
  });

  it('is refused in words', () => {
    expect(parsePair('1×2×3', bounds)).toEqual({ ok: false, error: '“1×2×3” has 3 numbers. One or two are expected: 3 or 3×3.' });
    expect(parsePair('3×', bounds).ok).toBe(false);
    expect(parsePair('0', bounds).ok).toBe(false);
  });
});

describe('figures', () => {
  it('have three significant digits from a million on', () => {
    expect([73_728, 999_999, 11_173_962, 1_814_073_344].map(formatLarge)).toEqual(['73,728', '999,999', '11.2\u00a0M', '1.81\u00a0G']);
    setNumberStyle('short');
    expect([999, 73_728, 999_999, 999_999_999].map(formatLarge)).toEqual(['999', '73.7\u00a0k', '1,000\u00a0k', '1,000\u00a0M']);
    setNumberStyle('grouped');
    expect([0, 1023, 1536, 44_695_848].map(formatBytes)).toEqual(['0\u00a0bytes', '1,023\u00a0bytes', '1.50\u00a0KiB', '42.6\u00a0MiB']);
  });
});
