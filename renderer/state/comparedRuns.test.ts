import { describe, expect, it } from 'vitest';
import { drawnRuns, RUN_COLOURS, withCompared, withoutCompared, type ComparedRuns } from './comparedRuns';
import type { Runs } from './runUpdates';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const runs = Object.fromEntries(ids.map((id, startedAt) => [id, { summary: { id, startedAt } }])) as unknown as Runs;
const drawn = (compared: ComparedRuns, shown?: string) =>
  drawnRuns(runs, compared, shown).map(({ run: { summary }, colour }) => [summary.id, colour]);

describe('runs that are compared', () => {
  it('have a colour each, which they keep as others come and go; more than there are colours share them evenly', () => {
    const all = ids.reduce(withCompared, {});
    expect(Object.values(all)).toEqual([1, 2, 3, 4, 5, 6, 1]);
    expect(RUN_COLOURS).toBe(6);
    const fewer = withoutCompared(all, 'c');
    expect(fewer).toMatchObject({ a: 1, b: 2, d: 4, g: 1 });
    expect(withCompared(fewer, 'new')).toMatchObject({ a: 1, new: 3 });
  });

  it('are drawn together with the shown one, the latest first; where nothing is compared none is', () => {
    expect(drawn({}, 'a')).toEqual([]);
    expect(drawn({ a: 1, b: 2 }, 'b')).toEqual([
      ['b', 2],
      ['a', 1],
    ]);
    expect(drawn({ a: 1, c: 2 }, 'b')).toEqual([
      ['c', 2],
      ['b', 3],
      ['a', 1],
    ]);
    expect(drawn({ a: 1, gone: 2 })).toEqual([['a', 1]]);
  });

  it('are none where one is left alone', () => {
    expect(withoutCompared({ a: 1, b: 2 }, 'b')).toEqual({});
  });
});
