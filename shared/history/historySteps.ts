import type { SkipDocument } from '../document/document';
import type { Patch } from './patches';

/**
 * One intention, as the differences that it made: small however large the document is. Steps are linked, so that
 * recording the ten-thousandth costs what the first did, and a step stands for the state behind it: going back and
 * forth meets the same objects again. Two steps with the same one before them are a fork: a tree needs no more.
 */
export interface HistoryStep {
  readonly label: string;
  readonly at: number;
  readonly patches: readonly Patch[];
  readonly previous: HistoryStep | null;
  /** What its patches take in memory, about. */
  readonly bytes: number;
  /** What led to it, and itself, was forgotten to keep within memory: nothing leads further back. */
  readonly isBeginning?: true;
}

/** Where a document stands among its steps: those that led to it, those that were undone, and the branches. */
export interface History {
  /** The step that led to the document as it is; nothing was done yet, or none of it is kept, where it `isBeginning`. */
  readonly past: HistoryStep | null;
  /** What was undone, the next to be redone first. */
  readonly future: { readonly step: HistoryStep; readonly rest: History['future'] } | null;
  /** Last steps of the branches that one went on from the past instead of, the latest first. */
  readonly branches: readonly HistoryStep[];
  /** The documents around the last step while it may still grow by `merge` edits of the same label. */
  readonly open: { readonly from: SkipDocument; readonly to: SkipDocument } | null;
  /** At least what all of its steps take in memory. */
  readonly bytes: number;
}

/** Of a document with which nothing was done yet. */
export const emptyHistory: History = { past: null, future: null, branches: [], open: null, bytes: 0 };

/** Whether nothing leads further back from here. */
export function isBeginning(step: HistoryStep | null): step is null | (HistoryStep & { readonly isBeginning: true }) {
  return step === null || step.isBeginning === true;
}

/** Where going back from a step ends: null, or the step at which what was forgotten ends. */
export function beginningOf(step: HistoryStep | null): HistoryStep | null {
  let at = step;
  while (!isBeginning(at)) at = at.previous;
  return at;
}

/** The last step of the line that undo and redo walk. */
export function lastOf({ past, future }: Pick<History, 'past' | 'future'>): HistoryStep | null {
  let last = past;
  for (let next = future; next; next = next.rest) last = next.step;
  return last;
}

/** A step and all before it that can be taken back, the first one first. */
export function lineTo(step: HistoryStep | null): readonly HistoryStep[] {
  const line: HistoryStep[] = [];
  for (let at = step; at && !isBeginning(at); at = at.previous) line.push(at);
  return line.reverse();
}
