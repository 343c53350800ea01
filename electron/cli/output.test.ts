import { afterEach, expect, it, vi } from 'vitest';
import { onOneLine, print } from './output';

afterEach(() => vi.restoreAllMocks());

it('a terminal is given colours and lines, and no other command that a file may hold', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  print('a\u001b[31mred\u001b[0m\tb\nc\u001b]0;title\u0007\u001b[2J\u009b1A\rd');
  expect(write).toHaveBeenCalledWith('a\u001b[31mred\u001b[0m\tb\nc\uFFFD]0;title\uFFFD\uFFFD[2J\uFFFD1A\uFFFDd\n');
});

it('names with line breaks begin no line of their own', () => {
  expect(onOneLine([{ name: 'a\n::error::x', more: 1 }])).toEqual([{ name: 'a\uFFFD::error::x', more: 1 }]);
});
