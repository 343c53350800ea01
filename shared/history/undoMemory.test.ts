import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newDocument } from '../document/create';
import type { SkipDocument } from '../document/document';
import { beginningOf, emptyHistory, lastOf, lineTo, type History, type HistoryStep } from './historySteps';
import { withinMemory } from './undoMemory';
import { goTo, record, stepBack, stepForward } from './undoStack';

interface At {
  readonly document: SkipDocument;
  readonly history: History;
}

const start = newDocument('d');
const MOST = 40_000;

function edit({ document, history }: At, name: string, size: number): At {
  const after: SkipDocument = { ...document, training: { ...document.training, [`text${size % 7}`]: name.padEnd(size, '.') } };
  return { document: after, history: withinMemory(record(history, name, document, after, 'record'), MOST) };
}

function reachable(history: History): readonly HistoryStep[] {
  return [...new Set([lastOf(history), ...history.branches].flatMap((tip) => lineTo(tip)))];
}

describe('the undo line within its bytes', () => {
  it('keeps to them or to the last 20 steps, and all that it keeps leads where it led', () => {
    const act = fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 0, max: 900 }).map((size) => ({ kind: 'edit', by: size })) },
      fc.constant({ kind: 'undo', by: 0 }),
      fc.constant({ kind: 'redo', by: 0 }),
      fc.nat().map((by) => ({ kind: 'jump', by })),
    );
    fc.assert(
      fc.property(fc.array(act, { minLength: 60, maxLength: 200, size: 'max' }), (acts) => {
        const seen = new Map<HistoryStep | null, SkipDocument>([[null, start]]);
        let at: At = { document: start, history: emptyHistory };
        acts.forEach(({ kind, by }, index) => {
          const kept = reachable(at.history);
          if (kind === 'edit') at = edit(at, `e${index}`, by);
          else if (kind === 'undo') at = stepBack(at.history, at.document) ?? at;
          else if (kind === 'redo') at = stepForward(at.history, at.document) ?? at;
          else at = goTo(at.history, at.document, kept[by % (kept.length + 1)] ?? null);
          const { past } = at.history;
          if (seen.has(past)) expect(at.document).toEqual(seen.get(past));
          else seen.set(past, at.document);
        });
        for (const step of reachable(at.history)) expect(goTo(at.history, at.document, step).document).toEqual(seen.get(step));
        const first = goTo(at.history, at.document, null);
        expect(first.document).toEqual(seen.get(beginningOf(at.history.past)));
        expect(stepBack(first.history, first.document)).toBeUndefined();
        const bytes = reachable(at.history).reduce((sum, step) => sum + step.bytes, 0);
        expect(at.history.bytes).toBeGreaterThanOrEqual(bytes);
        expect(bytes <= MOST || lineTo(lastOf(at.history)).length <= 20 || at.history.future !== null).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('a step that was forgotten leads to the beginning of what is kept, and nowhere else', () => {
    let at: At = edit({ document: start, history: emptyHistory }, 'first', 900);
    const first = at.history.past;
    const seen: SkipDocument[] = [];
    for (let number = 0; number < 80; number += 1) {
      at = edit(at, `e${number}`, 900);
      seen.push(at.document);
    }
    expect(beginningOf(at.history.past)).not.toBeNull();
    const there = goTo(at.history, at.document, first);
    expect(seen).toContainEqual(there.document);
    expect(there.history.past).toBe(beginningOf(at.history.past));
  });
});
