import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LIMITS } from '../document/fileForm';
import { changesBetween } from './changes';

it('what came and went between two lists of objects is what is in one of them only', () => {
  const objects = Array.from({ length: 60 }, (_, id) => ({ id }));
  const list = fc.shuffledSubarray(objects, { minLength: 0 });
  const mostly = fc
    .record({ of: fc.subarray(objects), go: fc.array(fc.nat(59), { maxLength: 6 }), come: fc.array(fc.nat(59), { maxLength: 6 }) })
    .map(({ of, go, come }) => {
      const left = of.filter(({ id }) => !go.includes(id));
      const added = objects.filter(({ id }) => come.includes(id) && !of.some((each) => each.id === id));
      return [of, [...left.slice(0, 9), ...added, ...left.slice(9)]] as const;
    });
  fc.assert(
    fc.property(fc.oneof(mostly, fc.tuple(list, list)), ([before, now]) => {
      const { came, gone } = changesBetween(before, now);
      const ids = (items: readonly { readonly id: number }[]) => items.map(({ id }) => id).sort((a, b) => a - b);
      expect(ids(came)).toEqual(ids(now.filter((item) => !before.includes(item))));
      expect(ids(gone)).toEqual(ids(before.filter((item) => !now.includes(item))));
    }),
    { numRuns: 500 },
  );
});

it('as many as a document may have of wires may come and go at once', () => {
  const wires = Array.from({ length: LIMITS.wires }, (_, id) => ({ id }));
  expect(changesBetween([], wires).came).toHaveLength(LIMITS.wires);
  expect(changesBetween(wires, []).gone).toHaveLength(LIMITS.wires);
});

it('a list and itself differ in nothing, which takes no look at it', () => {
  const wires = new Proxy([{ id: 1 }], {
    get: () => {
      throw new Error('looked at');
    },
  });
  expect(changesBetween(wires, wires)).toEqual({ came: [], gone: [], moved: [] });
});
