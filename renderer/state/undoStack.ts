import type { SkipDocument } from '../../shared/document/document';

export interface HistoryStep {
  readonly label: string;
  readonly before: SkipDocument;
  readonly after: SkipDocument;
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
    return { past: [...history.past.slice(0, -1), { ...last, after }], future: [], isOpen: true };
  }
  return { past: [...history.past, { label, before, after }], future: [], isOpen: mode === 'merge' };
}

export function seal(history: History): History {
  return history.isOpen ? { ...history, isOpen: false } : history;
}

export function stepBack(history: History, _document: SkipDocument): { document: SkipDocument; history: History } | undefined {
  const step = history.past.at(-1);
  return step && { document: step.before, history: { past: history.past.slice(0, -1), future: [...history.future, step], isOpen: false } };
}

export function stepForward(history: History, _document: SkipDocument): { document: SkipDocument; history: History } | undefined {
  const step = history.future.at(-1);
  return step && { document: step.after, history: { past: [...history.past, step], future: history.future.slice(0, -1), isOpen: false } };
}
