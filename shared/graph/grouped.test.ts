import fc from 'fast-check';
import { expect, it } from 'vitest';
import { grouped, regrouped } from './grouped';

/** One large group and small ones. */
const objects = Array.from({ length: 60 }, (_, id) => ({ id, key: id < 30 ? 'large' : `k${id % 7}` }));
const key = (object: { readonly key: string }) => object.key;

/** A list, and what becomes of it: some go, some come anywhere, some move. */
const steps = fc.array(fc.record({ go: fc.array(fc.nat(59)), come: fc.array(fc.nat(59)), at: fc.nat(60), move: fc.nat(59) }), {
  size: 'medium',
});

it('groups from those of an earlier list are those from nothing, and the same objects where they hold the same', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(objects), steps, (start, edits) => {
      let list = start;
      let groups: ReadonlyMap<string, readonly (typeof objects)[number][]> = grouped(list, key);
      for (const { go, come, at, move } of edits) {
        const left = list.filter(({ id }) => !go.includes(id) && id !== move);
        const put = objects.filter(({ id }) => (come.includes(id) && !list.some((each) => each.id === id)) || id === move);
        const next = [...left.slice(0, at), ...put, ...left.slice(at)];
        const cold = grouped(next, key);
        const warm = regrouped(next, key, { list, groups });
        expect(warm).toEqual(cold);
        for (const [common, group] of cold) {
          const old = groups.get(common);
          if (old?.length === group.length && old.every((each, index) => each === group[index])) expect(warm.get(common)).toBe(old);
        }
        [list, groups] = [next, warm];
      }
    }),
  );
});
