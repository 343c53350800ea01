import { afterEach, expect, it, vi } from 'vitest';
import { onOneLine, print, printJson, table } from './output';

afterEach(() => vi.restoreAllMocks());

it('a terminal is given colours and lines, and no other command that a file may hold', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  print('a\u001b[31mred\u001b[0m\tb\nc\u001b]0;title\u0007\u001b[2J\u009b1A\rd\u202Ee\u2066f');
  expect(write).toHaveBeenCalledWith('a\u001b[31mred\u001b[0m\tb\nc\uFFFD]0;title\uFFFD\uFFFD[2J\uFFFD1A\uFFFDd\uFFFDe\uFFFDf\n');
});

it('JSON is the data that it was made of, and no command to a terminal either', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const value = { name: 'a\u001b[2J\u009b1A\u007f\u202Eb\u2066' };
  printJson(value);
  const [text] = write.mock.calls[0] ?? [];
  expect(JSON.parse(String(text))).toEqual(value);
  expect(text).not.toMatch(/[\u001b\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
});

it('names with line breaks begin no line of their own', () => {
  expect(table([['name'], ['a\n::error::x'], [1]]).split('\n')).toEqual(['name', 'a\uFFFD::error::x', expect.stringMatching(/^ +1$/)]);
  expect(onOneLine([{ name: 'a\n::error::x', more: 1 }])).toEqual([{ name: 'a\uFFFD::error::x', more: 1 }]);
});
