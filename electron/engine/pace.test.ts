import { expect, it } from 'vitest';
import { trainingPosition, type TrainingRequest } from '../../shared/rpc/contract';
import { createPace, type Pace } from './pace';

const request = {
  seed: 1,
  epochs: 9,
  optimizer: { kind: 'sgd', learningRate: 1, momentum: 0, nesterov: false },
  schedule: { kind: 'plateau', factor: 0.5, patience: 2, minDelta: 0.01, cooldown: 1, minimum: 0 },
} as unknown as TrainingRequest;

const losses = [1, 0.9, 0.9, 0.9, 0.8, 0.8, 0.8, 0.8, 0.8];

function rates(pace: Pace, from: number, to: number): number[] {
  return losses.slice(from, to).map((loss, index) => {
    pace.epochEnded(loss);
    return pace.settings((from + index + 1) * 4).learningRate;
  });
}

it('a run that stopped at any epoch and goes on from its checkpoint has the rates of one that never was', () => {
  const whole = rates(createPace(request, 4), 0, losses.length);
  expect(whole.at(-1)).toBeLessThan(0.5);
  for (let stop = 1; stop < losses.length; stop += 1) {
    const first = createPace(request, 4);
    const before = rates(first, 0, stop);
    // As the checkpoint's file has it.
    const { plateau } = trainingPosition.parse(JSON.parse(JSON.stringify({ epoch: stop, step: stop * 4, plateau: first.plateau() })));
    expect([...before, ...rates(createPace(request, 4, plateau ?? undefined), stop, losses.length)]).toEqual(whole);
  }
});
