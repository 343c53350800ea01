import { describe, expect, it } from 'vitest';
import { rateAt, schedules, scheduleSettings, type ScheduleSettings } from './index';
import { afterEpoch, plateau, plateauStart } from './plateau';

const of = (settings: Record<string, unknown>): ScheduleSettings => scheduleSettings.parse(settings);
const PER_EPOCH = 10;

function rate(settings: Record<string, unknown>, step: number, epochs = 10): number {
  return rateAt(of(settings), 0.1, { step, totalSteps: epochs * PER_EPOCH, stepsPerEpoch: PER_EPOCH });
}

describe('a schedule, by its formula', () => {
  it('constant stays', () => {
    expect([0, 50, 99].map((step) => rate({ kind: 'constant' }, step))).toEqual([0.1, 0.1, 0.1]);
  });

  it('step falls between epochs, as PyTorch’s StepLR', () => {
    const at = (epoch: number) => rate({ kind: 'step', every: 3, factor: 0.5 }, epoch * PER_EPOCH);
    expect([0, 2, 3, 5, 6, 9].map(at)).toEqual([0.1, 0.1, 0.05, 0.05, 0.025, 0.0125]);
    expect(rate({ kind: 'step', every: 3, factor: 0.5 }, 29)).toBe(0.1);
  });

  it('exponential and polynomial fall as Keras’s decays', () => {
    expect(rate({ kind: 'exponential', factor: 0.5 }, 25)).toBeCloseTo(0.1 * 0.5 ** 2.5, 12);
    // (0.1 − 0.01) · (1 − 0.25)² + 0.01
    expect(rate({ kind: 'polynomial', power: 2, end: 0.1 }, 25)).toBeCloseTo(0.09 * 0.5625 + 0.01, 12);
  });

  it('cosine warms up and comes down to its end', () => {
    const settings = { kind: 'cosine', warmup: 2, end: 0.1 };
    expect([0, 10, 20].map((step) => rate(settings, step))).toEqual([0, 0.05, 0.1]);
    expect(rate(settings, 60)).toBeCloseTo(0.055, 12);
    expect(rate(settings, 100)).toBeCloseTo(0.01, 12);
  });

  it('cosine restarts as PyTorch’s CosineAnnealingWarmRestarts(T_0=2, T_mult=2)', () => {
    const settings = { kind: 'cosine', cycle: 2, growth: 2 };
    // Cycles of 2, 4 and 8 epochs begin at 0, 2 and 6.
    expect([0, 20, 60].map((step) => rate(settings, step, 14))).toEqual([0.1, 0.1, 0.1]);
    expect(rate(settings, 10, 14)).toBeCloseTo(0.05, 12);
    expect(rate(settings, 40, 14)).toBeCloseTo(0.05, 12);
    expect(rate(settings, 59, 14)).toBeCloseTo((0.1 * (1 + Math.cos((Math.PI * 39) / 40))) / 2, 12);
    expect(rate({ kind: 'cosine', cycle: 3 }, 45)).toBeCloseTo(0.05, 12);
  });

  it('one cycle is PyTorch’s OneCycleLR', () => {
    // total_steps=100, pct_start=0.3: from 0.004 to 0.1 at step 29, down to 4e-7 at step 99.
    const at = (step: number) => rate({ kind: 'oneCycle' }, step);
    expect(at(0)).toBeCloseTo(0.004, 12);
    expect(at(29)).toBeCloseTo(0.1, 12);
    expect(at(99)).toBeCloseTo(4e-7, 12);
    expect(at(64)).toBeCloseTo((0.1 + 4e-7) / 2, 12);
  });

  it('never leaves the room between nothing and the rate', () => {
    for (const { kind } of schedules)
      for (let step = 0; step <= 100; step += 1) {
        const share = rate({ kind }, step) / 0.1;
        expect(share >= 0 && share <= 1 + 1e-12, `${kind} at ${step}`).toBe(true);
      }
  });
});

describe('a plateau', () => {
  const after = (settings: Record<string, unknown>, losses: readonly number[]) => {
    const parsed = plateau.settings.parse({ kind: 'plateau', ...settings });
    let state = plateauStart;
    return losses.map((loss) => (state = afterEpoch(state, parsed, loss)).share);
  };

  it('lowers the rate after so many epochs without an improvement', () => {
    expect(after({ patience: 2, factor: 0.5 }, [1, 0.9, 0.9, 0.9, 0.9, 0.9, 0.1])).toEqual([1, 1, 1, 0.5, 0.5, 0.25, 0.25]);
  });

  it('takes no notice of what is smaller than the least change, nor of what is no number', () => {
    expect(after({ patience: 2, factor: 0.5, minDelta: 0.1 }, [1, 0.95, NaN])).toEqual([1, 1, 0.5]);
  });

  it('waits after a reduction, and stops at its least rate', () => {
    expect(after({ patience: 1, factor: 0.5, cooldown: 2 }, [1, 1, 1, 1, 1])).toEqual([1, 0.5, 0.5, 0.25, 0.25]);
    expect(after({ patience: 1, factor: 0.1, minimum: 0.05 }, [1, 1, 1, 1])).toEqual([1, 0.1, 0.05, 0.05]);
  });
});
