import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDims, evaluateDim, floorDivide, multiplyDims, unknown, type Dim } from './dim';
import { equalWhen, holds, intersect, periodic, setInWords, smallest, type SizeSet } from './solve';

const H = unknown('H');
const halved = (dim: Dim, by = 2) => floorDivide(dim, by);
const roundedUp = (dim: Dim, by = 2) => floorDivide(addDims(dim, by - 1), by);

function words(a: Dim, b: Dim): string {
  const when = equalWhen(a, b);
  return typeof when === 'object' ? setInWords(when) : String(when);
}

describe('when two sizes are equal', () => {
  it.each([
    ['a convolution and a pool with strides 2', roundedUp(H), halved(H), 'H is even'],
    ['the two ways to round up twice', roundedUp(roundedUp(H)), roundedUp(H, 4), 'always'],
    ['a pyramid of three levels', multiplyDims(halved(halved(halved(H))), 8), H, 'H is a multiple of 8'],
    ['five levels', multiplyDims(halved(halved(halved(halved(halved(H))))), 32), H, 'H is a multiple of 32'],
    ['a pixel more', addDims(H, 1), H, 'never'],
    ['thirds', roundedUp(H, 3), halved(H, 3), 'H is a multiple of 3'],
    ['thirds, shifted', roundedUp(addDims(H, 1), 3), halved(addDims(H, 1), 3), 'H ≡ 2 mod 3'],
    ['a level of a deep pyramid', multiplyDims(halved(H, 32), 2), halved(H, 16), 'H ≡ 0 to 15 mod 32'],
    ['a size and its half', halved(H), addDims(H, -3), 'H is 5 or 6'],
    ['something else than a multiple of 4', halved(addDims(H, 3), 4), addDims(halved(addDims(H, -1), 4), 1), 'always'],
    ['not decided: an area', multiplyDims(H, H), H, 'undefined'],
    ['not decided: height and width', H, unknown('W'), 'undefined'],
  ] as [string, Dim, Dim, string][])('%s', (_title, a, b, wanted) => {
    expect(words(a, b)).toBe(wanted);
  });

  /** What layers do to a size, one after the other. */
  const step = fc.oneof(
    fc.integer({ min: -4, max: 4 }).map((by) => (dim: Dim) => addDims(dim, by)),
    fc.integer({ min: 2, max: 4 }).map((by) => (dim: Dim) => halved(dim, by)),
    fc.integer({ min: 2, max: 4 }).map((by) => (dim: Dim) => roundedUp(dim, by)),
    fc.integer({ min: 2, max: 3 }).map((by) => (dim: Dim) => multiplyDims(dim, by)),
  );
  const size = fc.array(step, { maxLength: 5, size: 'medium' }).map((steps) => steps.reduce<Dim>((dim, apply) => apply(dim), H));

  it('is what trying all sizes from 1 to 300 gives', () => {
    fc.assert(
      fc.property(size, size, (a, b) => {
        const when = equalWhen(a, b);
        if (when === undefined) return;
        for (let value = 1; value <= 300; value += 1) {
          const isEqual = evaluateDim(a, { H: value }) === evaluateDim(b, { H: value });
          expect(typeof when === 'object' ? holds(when, value) : when === 'always').toBe(isEqual);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('sets of sizes', () => {
  const set = (modulus: number, ...remainders: number[]): SizeSet => periodic('H', modulus, remainders);

  it('have the smallest modulus that describes them', () => {
    expect(set(8, 0, 2, 4, 6)).toEqual(set(2, 0));
    expect(setInWords(set(4, 1, 2, 3))).toBe('H is no multiple of 4');
    expect(setInWords({ ...set(32, 0), least: 33 } as SizeSet)).toBe('H is a multiple of 32, at least 64');
  });

  it('intersect as trying all values does', () => {
    const congruences = fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.nat(11), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 40 }),
    );
    fc.assert(
      fc.property(congruences, congruences, ([m, r, from], [n, s, start]) => {
        const a = periodic(
          'H',
          m,
          r.map((value) => value % m),
          from,
        );
        const b = periodic(
          'H',
          n,
          s.map((value) => value % n),
          start,
        );
        const both = intersect(a, b) as SizeSet;
        const values = Array.from({ length: 300 }, (_, index) => index + 1);
        expect(values.filter((value) => holds(both, value))).toEqual(values.filter((value) => holds(a, value) && holds(b, value)));
        expect(smallest(both)).toBe(values.find((value) => holds(both, value)));
      }),
    );
  });
});
