import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateExpression, namesIn, placesOfNames } from './evaluate';

const scope = { filters: 16, strides: [2, 2], project: true, none_: null, mode: 'same' };
const value = (source: string) => {
  const result = evaluateExpression(source, scope);
  if (!result.ok) throw new Error(`${result.error.message} at ${result.error.at}`);
  return result.value;
};
const problem = (source: string) => {
  const result = evaluateExpression(source, scope);
  return result.ok ? undefined : result.error;
};

describe('an expression', () => {
  it.each([
    ['filters', 16],
    ['filters * 4', 64],
    ['2 + 3 * 4 - 1', 13],
    ['(2 + 3) * 4', 20],
    ['-filters // 3', -6],
    ['7 % 4 + 1 / 2', 3.5],
    ['project ? filters * 4 : none', 64],
    ['not project ? 1 : none', null],
    ['filters > 8 and mode == "same"', true],
    ['not mode == "valid"', true],
    ['strides', [2, 2]],
    ['[filters, 1]', [16, 1]],
    ['strides == [2, 2] ? 1 : 0', 1],
    ['max(1, floor(filters / 3), ceil(0.2))', 5],
    ['1 ? 2 ? 3 : 4 : 5', 3],
    ["'valid'", 'valid'],
    ['project == True ? None : False', null],
  ])('%s is %j', (source, expected) => {
    expect(value(source)).toEqual(expected);
  });

  it.each([
    ['filter * 4', 0, '"filter" is not a parameter of this block (it has filters, strides, project, none_, mode)'],
    ['filters / (2 - 2)', 8, '16 / 0 is a division by zero'],
    ['filters *', 9, 'a value was expected at the end'],
    ['filters ** 2', 9, 'a value was expected before “*”'],
    ['(filters', 8, '“)” was expected at the end'],
    ['filters; alert(1)', 7, '“;” has no meaning here'],
    ['constructor', 0, '"constructor" is not a parameter of this block (it has filters, strides, project, none_, mode)'],
    ['eval("1")', 0, '“eval” is no function; there are min, max, floor, ceil, round'],
    ['mode + 1', 0, 'a number was expected, not "same"'],
    ['1e300 * 1e300', 6, 'the result is no finite number'],
    ['1e999', 0, '1e999 is larger than any number'],
    ['1 + floor(filters, 2)', 4, 'floor takes one value, not 2'],
    ['filters = 2', 8, '“=” has no meaning here; “==” compares'],
    ['1 2', 2, '“2” was not expected after the end'],
    ['', 0, 'a value was expected at the end'],
  ])('%s is refused at character %i', (source, at, message) => {
    expect(problem(source)).toEqual({ message, at });
  });

  it('is refused where it is too long or too deep, without harm', () => {
    expect(problem('1'.repeat(501))?.message).toBe('it is longer than 500 characters');
    for (const source of ['('.repeat(240) + '1', '-'.repeat(400) + '1', 'not '.repeat(120) + '1', '['.repeat(300)])
      expect(problem(source)?.message).toBe('it is nested too deep');
  });

  it('names what it uses', () => {
    expect([...namesIn('project ? max(filters, 2) * [width][0] : -depth')]).toEqual([]);
    expect([...namesIn('project ? max(filters, 2) * width : [-depth]')]).toEqual(['project', 'filters', 'width', 'depth']);
    expect([...placesOfNames('2 * filters + (width - filters)')]).toEqual([
      ['filters', 4],
      ['width', 15],
    ]);
  });

  it('never throws, whatever the text', () => {
    const part = fc.constantFrom(
      'filters',
      '1',
      '0',
      '"a"',
      '+',
      '-',
      '*',
      '/',
      '//',
      '%',
      '(',
      ')',
      '[',
      ']',
      ',',
      '?',
      ':',
      'not',
      'and',
      'min',
      '==',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ size: 'medium' }),
          fc.array(part, { size: 'medium' }).map((parts) => parts.join(' ')),
        ),
        (source) => {
          const result = evaluateExpression(source, scope);
          if (!result.ok) expect(result.error.at).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('binds as arithmetic does', () => {
    const whole = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(whole, whole, whole, whole, (a, b, c, d) => {
        expect(value(`${a} + ${b} * ${c} - ${d}`)).toBe(a + b * c - d);
        expect(value(`${a} - ${b} - ${c} // ${d}`)).toBe(a - b - Math.floor(c / d));
        expect(value(`${a} * ${b} % ${c} * ${d}`)).toBe(((a * b) % c) * d);
        expect(value(`-${a} * (${b} - ${c}) < ${d} and ${a} >= ${b} or ${c} == ${d}`)).toBe((-a * (b - c) < d && a >= b) || c === d);
        expect(value(`${a} < ${b} ? ${c} : ${a} > ${b} ? ${d} : 0`)).toBe(a < b ? c : a > b ? d : 0);
      }),
    );
  });
});
