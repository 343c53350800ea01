import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { newDocument } from '../../shared/document/create';
import { useDocument } from './document';
import { useSession } from './session';
import { followAnalysis, useSettled } from './settled';

const edit = (id: string) => {
  const node = { id, type: 'relu', name: id, params: {}, position: { x: 0, y: 0 } };
  useDocument.getState().edit('Add', [{ kind: 'addNode', graph: 'network', node }], 'record');
};
const isSettled = () => useSettled.getState().analysis === useDocument.getState().analysis;

beforeAll(() => {
  vi.useFakeTimers();
  followAnalysis();
});
afterAll(() => void vi.useRealTimers());

beforeEach(() => {
  useDocument.getState().load({ document: newDocument('d'), file: null, title: 'd', isDirty: false });
  useSession.getState().reset();
  edit('a');
  vi.advanceTimersByTime(1000);
});

it('an analysis settles once nothing was edited for a while', () => {
  expect(isSettled()).toBe(true);
  edit('b');
  vi.advanceTimersByTime(200);
  edit('c');
  vi.advanceTimersByTime(200);
  expect(isSettled()).toBe(false);
  vi.advanceTimersByTime(50);
  expect(isSettled()).toBe(true);
});

it('a layer that is chosen meanwhile is shown as it is', async () => {
  edit('b');
  await Promise.resolve();
  useSession.getState().select(['a']);
  expect(isSettled()).toBe(true);
});

it('an edit that chooses a layer does not pay for its figures', () => {
  edit('b');
  useSession.getState().select(['b']);
  expect(isSettled()).toBe(false);
});

it('another document is settled at once', () => {
  edit('b');
  useDocument.getState().load({ document: newDocument('e'), file: null, title: 'e', isDirty: false });
  expect(isSettled()).toBe(true);
});
