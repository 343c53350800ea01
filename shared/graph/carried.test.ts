import fc from 'fast-check';
import { expect, it } from 'vitest';
import { carried } from './carried';

const objects = Array.from({ length: 60 }, (_, id) => ({ id }));
const list = fc.shuffledSubarray(objects);
const mostly = fc.tuple(fc.subarray(objects), fc.array(fc.nat(59), { maxLength: 5 })).map(([some, go]) => {
  return [some, objects.filter((object) => some.includes(object) !== go.includes(object.id))] as const;
});

it('what is carried over is what followed before, and all else is found anew', () => {
  fc.assert(
    fc.property(fc.oneof(mostly, fc.tuple(list, list)), ([before, now]) => {
      const found = new Set<object>();
      const follow = ({ id }: { readonly id: number }) => `follows ${id}`;
      const values = carried(now, { keys: before, values: before.map(follow) }, (key, at) => {
        expect(now[at]).toBe(key);
        found.add(key);
        return follow(key);
      });
      expect(values).toEqual(now.map(follow));
      for (const object of now) if (!before.includes(object)) expect(found).toContain(object);
    }),
  );
});

it('a list of which one went and to which one came is not looked at but for that one', () => {
  const now = [...objects.slice(0, 20), ...objects.slice(21), { id: 60 }];
  const found: number[] = [];
  carried(now, { keys: objects, values: objects }, (key) => (found.push(key.id), key));
  expect(found).toEqual([60]);
});
