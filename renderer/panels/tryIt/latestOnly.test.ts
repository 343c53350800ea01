import { describe, expect, it } from 'vitest';
import { latestOnly } from './latestOnly';

/** A question whose answers are given by hand. */
function byHand() {
  const asked: string[] = [];
  const open: { resolve: (text: string) => void; reject: (error: Error) => void }[] = [];
  const question = (input: string) => {
    asked.push(input);
    return new Promise<string>((resolve, reject) => open.push({ resolve, reject }));
  };
  return { asked, question, next: () => open.shift()! };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('asking only the latest', () => {
  it('leaves out what was overtaken while an answer was under way', async () => {
    const { asked, question, next } = byHand();
    const answers: string[] = [];
    const latest = latestOnly(question, { onAnswer: (answer) => answers.push(answer), onFailure: () => undefined });
    for (const input of ['a', 'b', 'c']) latest.ask(input);
    next().resolve('A');
    await settled();
    next().resolve('C');
    await settled();
    expect({ asked, answers }).toEqual({ asked: ['a', 'c'], answers: ['A', 'C'] });
  });

  it('goes on after a failure', async () => {
    const { asked, question, next } = byHand();
    const failures: unknown[] = [];
    const latest = latestOnly(question, { onAnswer: () => undefined, onFailure: (error) => failures.push(error) });
    latest.ask('a');
    latest.ask('b');
    next().reject(new Error('no'));
    await settled();
    expect({ asked, failures }).toEqual({ asked: ['a', 'b'], failures: [new Error('no')] });
  });

  it('is silent once it was ended', async () => {
    const { asked, question, next } = byHand();
    const answers: string[] = [];
    const latest = latestOnly(question, { onAnswer: (answer) => answers.push(answer), onFailure: () => undefined });
    latest.ask('a');
    latest.ask('b');
    latest.end();
    next().resolve('A');
    await settled();
    expect({ asked, answers }).toEqual({ asked: ['a'], answers: [] });
  });
});
