import { afterAll, beforeAll, expect, it } from 'vitest';
import { networkOf } from '../../shared/testing/networks';
import { activityArrived, activityMoment, followActivity, useActivity } from './activity';
import { useDocument } from './document';
import { useHeat } from './heat';

const network = networkOf({ image: ['input', { shape: [4] }], a: ['dense', { units: 2 }], b: ['dense', { units: 2 }] }, ['image → a → b']);
const load = (id: string) => useDocument.getState().load({ document: { ...network, id }, file: null, title: id, isDirty: false });
const coloured = (id: string) => {
  useHeat.getState().choose(id);
  return [...useHeat.getState().values].map(([path, { label }]) => [path, label]);
};

let end = () => {};
beforeAll(() => {
  load('one');
  end = followActivity();
  activityArrived('r', {
    step: 1200,
    samples: 1,
    layers: [
      { path: 'a', rms: 0.5, zeros: 0.25, silent: 0 },
      { path: 'b', rms: null, zeros: 0, silent: 0 },
    ],
  });
});
afterAll(() => end());

it('says of what it was measured', () => {
  expect(activityMoment(useActivity.getState())).toBe('Step 1,200 of the last run, over 1 sample');
});

it('colours no layer by a share of numbers that are none', () => {
  expect(coloured('activityMagnitude')).toEqual([['a', '0.5']]);
  expect(coloured('activityZeros')).toEqual([['a', '25 %']]);
  expect(coloured('activitySilent')).toEqual([['a', '0 %']]);
});

it('is gone with the document', () => {
  load('two');
  expect([useActivity.getState().values.size, useHeat.getState().shown]).toEqual([0, null]);
  expect(useHeat.getState().sources.filter(({ id }) => id.startsWith('activity'))).toEqual([]);
});
