import { expect, it } from 'vitest';
import { endsWord, isLetter, nameBeginningWith } from './typeAhead';

it('finds a name by its beginning, round and round: one letter goes on, further ones stay where they fit', () => {
  const names = ['image', 'conv', 'add', 'concat'];
  expect(nameBeginningWith(names, 1, 'C')).toBe(3);
  expect(nameBeginningWith(names, 3, 'c')).toBe(1);
  expect(nameBeginningWith(names, 3, 'con')).toBe(3);
  expect(nameBeginningWith(names, -1, 'ad')).toBe(2);
  expect(nameBeginningWith(names, 0, 'zz')).toBe(-1);
  expect(nameBeginningWith([], 0, 'a')).toBe(-1);
});

it('takes letters of all scripts, and no keys with names', () => {
  expect(['a', 'é', '日', '7', '_'].every(isLetter)).toBe(true);
  expect(['Enter', ' ', '*', '?'].some(isLetter)).toBe(false);
});

it('goes on over a key that only leads to the next letter', () => {
  expect(['Shift', 'a', '_'].some(endsWord)).toBe(false);
  expect(['ArrowDown', 'Enter', ' '].every(endsWord)).toBe(true);
});
