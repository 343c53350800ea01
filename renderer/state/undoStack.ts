import type { SkipDocument } from '../../shared/document/document';
import { applyPatches, diff, type Patch } from '../../shared/history/patches';

/** One intention, as the differences that it made: small however large the document is. */
export interface HistoryStep {
  readonly label: string;
  readonly patches: readonly Patch[];
}

export interface History {
  readonly past: readonly HistoryStep[];
  readonly future: readonly HistoryStep[];
  /** The last step may still grow by `merge` edits of the same label. */
  readonly isOpen: boolean;
}

export const emptyHistory: History = { past: [], future: [], isOpen: false };

export function record(history: History, label: string, before: SkipDocument, after: SkipDocument, mode: 'record' | 'merge'): History {
  const last = history.past.at(-1);
  if (mode === 'merge' && history.isOpen && last?.label === label) {
    const base = applyPatches(before, last.patches, 'backward');
    return { past: [...history.past.slice(0, -1), { label, patches: diff(base, after) }], future: [], isOpen: true };
  }
  return { past: [...history.past, { label, patches: diff(before, after) }], future: [], isOpen: mode === 'merge' };
}

export function seal(history: History): History {
  return history.isOpen ? { ...history, isOpen: false } : history;
}

export function stepBack(history: History, document: SkipDocument): { document: SkipDocument; history: History } | undefined {
  const step = history.past.at(-1);
  return (
    step && {
      document: applyPatches(document, step.patches, 'backward'),
      history: { past: history.past.slice(0, -1), future: [...history.future, step], isOpen: false },
    }
  );
}

export function stepForward(history: History, document: SkipDocument): { document: SkipDocument; history: History } | undefined {
  const step = history.future.at(-1);
  return (
    step && {
      document: applyPatches(document, step.patches, 'forward'),
      history: { past: [...history.past, step], future: history.future.slice(0, -1), isOpen: false },
    }
  );
}
