import type { SkipDocument } from '../../shared/document/document';
import { applyPatches, diff, type Patch } from '../../shared/history/patches';

/**
 * One intention, as the differences that it made: small however large the document is. Steps are linked, so that
 * recording the ten-thousandth costs what the first did, and a step stands for the state behind it: going back and
 * forth meets the same objects again.
 */
export interface HistoryStep {
  readonly label: string;
  readonly patches: readonly Patch[];
  readonly previous: HistoryStep | null;
}

export interface History {
  /** The step that led to the document as it is; null: nothing was done yet. */
  readonly past: HistoryStep | null;
  /** What was undone, the next to be redone first. */
  readonly future: { readonly step: HistoryStep; readonly rest: History['future'] } | null;
  /** The last step may still grow by `merge` edits of the same label. */
  readonly isOpen: boolean;
}

export const emptyHistory: History = { past: null, future: null, isOpen: false };

export function record(history: History, label: string, before: SkipDocument, after: SkipDocument, mode: 'record' | 'merge'): History {
  const { past, isOpen } = history;
  if (mode === 'merge' && isOpen && past?.label === label) {
    const base = applyPatches(before, past.patches, 'backward');
    return { past: { ...past, patches: diff(base, after) }, future: null, isOpen: true };
  }
  return { past: { label, patches: diff(before, after), previous: past }, future: null, isOpen: mode === 'merge' };
}

/** Ends the step that `merge` edits join. */
export function seal(history: History): History {
  return history.isOpen ? { ...history, isOpen: false } : history;
}

interface Moved {
  readonly document: SkipDocument;
  readonly history: History;
}

export function stepBack({ past, future }: History, document: SkipDocument): Moved | undefined {
  if (!past) return undefined;
  return {
    document: applyPatches(document, past.patches, 'backward'),
    history: { past: past.previous, future: { step: past, rest: future }, isOpen: false },
  };
}

export function stepForward({ future }: History, document: SkipDocument): Moved | undefined {
  if (!future) return undefined;
  return {
    document: applyPatches(document, future.step.patches, 'forward'),
    history: { past: future.step, future: future.rest, isOpen: false },
  };
}
