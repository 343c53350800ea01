import { expect, it } from 'vitest';
import type { DrawnRun } from '../../state/comparedRuns';
import { legendTitles } from './legendTitles';

const now = Date.UTC(2026, 0, 2, 12);
function drawn(learningRate: number, batchSize: number, minutes: number): DrawnRun {
  const request = { optimizer: { kind: 'adam', learningRate }, batchSize };
  return { run: { summary: { request, startedAt: now - minutes * 60_000 } }, colour: 1 } as unknown as DrawnRun;
}

it('compared runs are named by what tells them apart', () => {
  expect(legendTitles([drawn(0.1, 32, 0), drawn(0.01, 32, 5)], now)).toEqual(['Adam 0.1', 'Adam 0.01']);
  expect(legendTitles([drawn(0.1, 32, 0), drawn(0.1, 64, 5)], now)).toEqual(['Adam 0.1 · b32', 'Adam 0.1 · b64']);
  expect(legendTitles([drawn(0.1, 32, 0), drawn(0.1, 32, 5), drawn(1, 32, 9)], now)).toEqual([
    'Adam 0.1 · just now',
    'Adam 0.1 · 5\u00a0min ago',
    'Adam 1',
  ]);
});
