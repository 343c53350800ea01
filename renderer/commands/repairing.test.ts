import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { repairsFor } from '../../shared/diagnose/repairs/repairs';
import type { Params } from '../../shared/graph/graph';
import { evenCircle, networkOf } from '../../shared/testing/networks';
import { useDocument } from '../state/document';
import { useSession } from '../state/session';
import { applyToAllLike, repairAll } from './repairing';

const same = { padding: 'same', kernelSize: [3, 3] };
const network = networkOf(
  {
    image: ['input', { shape: [8, 8, 3] }],
    a: ['conv2d', { ...same, filters: 4 }],
    b: ['conv2d', { ...same, filters: 4, strides: [2, 2] }],
    sum: ['add'],
    end: ['output'],
  },
  ['image → a → sum:inputs.0', 'a → b → sum:inputs.1', 'sum → end'],
);
const errors = () => useDocument.getState().analysis.problems.filter(({ severity }) => severity === 'error').length;
const notes = () => useSession.getState().toasts.map(({ message }) => message);

beforeAll(() => {
  vi.useFakeTimers();
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('document', { activeElement: null, querySelector: () => null, querySelectorAll: () => [] });
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
beforeEach(() => {
  useDocument.getState().load({ document: network, file: null, title: 'n', isDirty: false });
  useSession.setState({ toasts: [] });
});

it('looks for repairs between the other work of the page, and makes them as one step', () => {
  repairAll();
  expect([errors(), useDocument.getState().undoLabel]).toEqual([1, undefined]);
  vi.runAllTimers();
  expect([errors(), useDocument.getState().undoLabel]).toEqual([0, 'Repair everything']);
  expect(notes()).toEqual(['1 problem repaired, 0 left.']);
});

it('makes none where what they were looked for in is no more, be it only the order of the axes', () => {
  repairAll();
  useDocument.getState().edit('Channels first', (document) => ({ ...document, dataFormat: 'channelsFirst' }), 'record');
  vi.runAllTimers();
  expect(useDocument.getState().undoLabel).toBe('Channels first');
  expect(notes()).toEqual(['The network was changed while repairs were looked for; none was made.']);
});

it('goes on where what changed says nothing of shapes', () => {
  repairAll();
  useDocument
    .getState()
    .edit(
      'More epochs',
      (document) => ({ ...document, training: { ...document.training, epochs: document.training.epochs + 1 } }),
      'record',
    );
  vi.runAllTimers();
  expect(notes()).toEqual(['1 problem repaired, 0 left.']);
});

it('names the first few of many repairs, so that the message does not fill the window', () => {
  const branches = ['p', 'q', 'r', 's', 't'];
  const layers = branches.flatMap((id): [string, [string, Params?]][] => [
    [`${id}1`, ['conv2d', { ...same, filters: 4, strides: [2, 2] }]],
    [`${id}2`, ['add']],
    [`${id}3`, ['output']],
  ]);
  const wires = branches.flatMap((id) => [`image → ${id}1 → ${id}2:inputs.0`, `image → ${id}2:inputs.1`, `${id}2 → ${id}3`]);
  const many = networkOf({ image: ['input', { shape: [8, 8, 3] }], ...Object.fromEntries(layers) }, wires);
  useDocument.getState().load({ document: many, file: null, title: 'n', isDirty: false });
  const [problem] = useDocument.getState().analysis.problems;
  if (!problem) throw new Error('no problem');
  const [repair] = repairsFor(many, useDocument.getState().analysis, problem);
  if (!repair) throw new Error('no repair');
  applyToAllLike(problem, repair);
  vi.runAllTimers();
  const [toast] = useSession.getState().toasts;
  expect(toast?.message).toBe('5 problems repaired, 0 left.');
  expect(toast?.detail?.split('; ')).toEqual([expect.any(String), expect.any(String), expect.any(String), 'and 2 more']);
});

it('opens the problem for which several repairs are as good as each other', () => {
  useDocument.getState().load({ document: evenCircle(), file: null, title: 'n', isDirty: false });
  const [problem] = useDocument.getState().analysis.problems;
  repairAll();
  vi.runAllTimers();
  expect(notes()).toEqual([
    'Nothing was repaired, 1 problem left. For what is left, several repairs are as good as each other: choose one.',
  ]);
  expect(useSession.getState()).toMatchObject({ focusedProblem: problem?.id, wantsRepairs: problem?.id, bottomTab: 'problems' });
});
