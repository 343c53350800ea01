import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newDocument } from '../document/create';
import type { SkipDocument } from '../document/document';
import { emptyHistory, lineTo, type History, type HistoryStep } from './historySteps';
import { goTo, record, stepBack, stepForward } from './undoStack';

const start = newDocument('d');
const named = (document: SkipDocument, name: string): SkipDocument => ({ ...document, training: { ...document.training, [name]: name } });

interface At {
  readonly document: SkipDocument;
  readonly history: History;
}

function edit({ document, history }: At, name: string): At {
  const after = named(document, name);
  return { document: after, history: record(history, name, document, after, 'record') };
}

const labels = (step: HistoryStep | null) => lineTo(step).map(({ label }) => label);

describe('a history with branches', () => {
  it('keeps what one went on from the past instead of, and leads back to it', () => {
    const two = edit(edit({ document: start, history: emptyHistory }, 'a'), 'b');
    const back = stepBack(two.history, two.document) as At;
    const other = edit(back, 'c');
    expect(labels(other.history.past)).toEqual(['a', 'c']);
    expect(other.history.branches.map(labels)).toEqual([['a', 'b']]);

    const there = goTo(other.history, other.document, two.history.past);
    expect(there.document).toEqual(two.document);
    expect(there.history.branches.map(labels)).toEqual([['a', 'c']]);
    const begin = goTo(there.history, there.document, null);
    expect(begin.document).toEqual(start);
    expect(stepForward(begin.history, begin.document)?.history.past?.label).toBe('a');
  });

  it('meets every state again, whatever was done, undone and jumped to in between', () => {
    const act = fc.oneof(fc.constant('edit'), fc.constant('undo'), fc.constant('redo'), fc.nat({ max: 40 }));
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const seen = new Map<HistoryStep | null, SkipDocument>([[null, start]]);
        let at: At = { document: start, history: emptyHistory };
        acts.forEach((next, index) => {
          if (next === 'edit') at = edit(at, `e${index}`);
          else if (next === 'undo') at = stepBack(at.history, at.document) ?? at;
          else if (next === 'redo') at = stepForward(at.history, at.document) ?? at;
          else at = goTo(at.history, at.document, [...seen.keys()][next % seen.size] ?? null);
          const { past } = at.history;
          if (seen.has(past)) expect(at.document).toEqual(seen.get(past));
          else seen.set(past, at.document);
        });
        const reachable = new Set([at.history, ...at.history.branches.map((past) => ({ past, future: null }))].flatMap(stepsOf));
        for (const step of seen.keys()) expect(step === null || reachable.has(step)).toBe(true);
      }),
    );
  });
});

function stepsOf({ past, future }: Pick<History, 'past' | 'future'>): readonly HistoryStep[] {
  const ahead: HistoryStep[] = [];
  for (let next = future; next; next = next.rest) ahead.push(next.step);
  return [...lineTo(past), ...ahead];
}
