import { describe, expect, it } from 'vitest';
import { createTurns } from './turns';

const soon = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Work of so many steps that writes down each. */
async function* steps(count: number, log: string[]): AsyncGenerator<void, void> {
  try {
    for (let step = 1; step <= count; step += 1) {
      log.push(`step ${step}`);
      await soon();
      if (step < count) yield;
    }
  } finally {
    log.push('end');
  }
}

describe('turns', () => {
  it('run what is asked one after another, also after one that fails', async () => {
    const turns = createTurns();
    const log: string[] = [];
    const job = (name: string) => async () => {
      log.push(`${name} begins`);
      await soon();
      log.push(`${name} ends`);
      if (name === 'a') throw new Error('no');
      return name;
    };
    const [first, second] = [turns.take(job('a')), turns.take(job('b'))];
    await expect(first).rejects.toThrow('no');
    expect(await second).toBe('b');
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('take work on when nobody asks, and what is asked meanwhile before its next step', async () => {
    const turns = createTurns(undefined, 5);
    const log: string[] = [];
    turns.later(steps(3, log));
    await turns.take(() => Promise.resolve(log.push('asked first')));
    await expect.poll(() => log.length, { interval: 0 }).toBe(2);
    await turns.take(() => Promise.resolve(log.push('asked')));
    await turns.settled();
    expect(log).toEqual(['asked first', 'step 1', 'asked', 'step 2', 'step 3', 'end']);
  });

  it('take work on between two answers where whoever asks makes no pause', async () => {
    const turns = createTurns(undefined, 60_000);
    const log: string[] = [];
    await turns.take(soon);
    turns.later(steps(2, log));
    for (let asked = 1; asked <= 20; asked += 1) await turns.take(() => Promise.resolve(log.push(String(asked))));
    await turns.settled();
    expect(log.filter((entry) => Number.isNaN(Number(entry)))).toEqual(['step 1', 'step 2', 'end']);
    const places = [log.indexOf('step 1'), log.indexOf('step 2') - log.indexOf('step 1')];
    for (const place of places) expect(Math.abs(place - 8)).toBeLessThanOrEqual(1);
    turns.dispose();
  });

  it('let work wait while the process has better to do', async () => {
    let isFree = false;
    const log: string[] = [];
    const turns = createTurns(() => isFree, 1);
    turns.later(steps(1, log));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log).toEqual([]);
    isFree = true;
    await turns.settled();
    expect(log).toEqual(['step 1', 'end']);
  });

  it('go on with the next work where one fails, and end what is left when disposed', async () => {
    const log: string[] = [];
    const turns = createTurns(undefined, 1);
    turns.later({ next: () => Promise.reject(new Error('no')) });
    turns.later(steps(1, log));
    await turns.settled();
    expect(log).toEqual(['step 1', 'end']);
    turns.later(steps(9, log));
    await expect.poll(() => log.length, { interval: 0 }).toBe(3);
    const settled = turns.settled();
    turns.dispose();
    await settled;
    await expect.poll(() => log.at(-1)).toBe('end');
  });
});
