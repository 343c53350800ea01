import type { SkipDocument } from '../../shared/document/document';
import { applyPatches, diff, type Patch } from '../../shared/history/patches';

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
}

export interface History {
  /** The step that led to the document as it is; null: nothing was done yet. */
  readonly past: HistoryStep | null;
  /** What was undone, the next to be redone first. */
  readonly future: { readonly step: HistoryStep; readonly rest: History['future'] } | null;
  /** Last steps of the branches that one went on from the past instead of, the latest first. */
  readonly branches: readonly HistoryStep[];
  /** The last step may still grow by `merge` edits of the same label. */
  readonly isOpen: boolean;
}

export const emptyHistory: History = { past: null, future: null, branches: [], isOpen: false };

/** Each branch holds what it changed: as many are kept as somebody may want back. */
const BRANCHES = 20;

export function record(history: History, label: string, before: SkipDocument, after: SkipDocument, mode: 'record' | 'merge'): History {
  const { past, isOpen } = history;
  const branches = leftBehind(history);
  const at = Date.now();
  if (mode === 'merge' && isOpen && past?.label === label) {
    const base = applyPatches(before, past.patches, 'backward');
    return { past: { ...past, at, patches: diff(base, after) }, future: null, branches, isOpen: true };
  }
  return { past: { label, at, patches: diff(before, after), previous: past }, future: null, branches, isOpen: mode === 'merge' };
}

/** The branches, with what was undone as one of them. */
function leftBehind({ past, future, branches }: History): readonly HistoryStep[] {
  const tip = lastOf({ past, future });
  return future === null || tip === null ? branches : [tip, ...branches.filter((branch) => branch !== tip)].slice(0, BRANCHES);
}

/** The last step of the line that undo and redo walk. */
export function lastOf({ past, future }: Pick<History, 'past' | 'future'>): HistoryStep | null {
  let last = past;
  for (let next = future; next; next = next.rest) last = next.step;
  return last;
}

/** A step and all before it, the first one first. */
export function lineTo(step: HistoryStep | null): readonly HistoryStep[] {
  const line: HistoryStep[] = [];
  for (let at = step; at; at = at.previous) line.push(at);
  return line.reverse();
}

/** Ends the step that `merge` edits join. */
export function seal(history: History): History {
  return history.isOpen ? { ...history, isOpen: false } : history;
}

interface Moved {
  readonly document: SkipDocument;
  readonly history: History;
}

export function stepBack({ past, future, branches }: History, document: SkipDocument): Moved | undefined {
  if (!past) return undefined;
  return {
    document: applyPatches(document, past.patches, 'backward'),
    history: { past: past.previous, future: { step: past, rest: future }, branches, isOpen: false },
  };
}

export function stepForward({ future, branches }: History, document: SkipDocument): Moved | undefined {
  if (!future) return undefined;
  return {
    document: applyPatches(document, future.step.patches, 'forward'),
    history: { past: future.step, future: future.rest, branches, isOpen: false },
  };
}

/** To the state behind any step, of this line or of a branch; null: to the beginning. Nothing is forgotten on the way. */
export function goTo(history: History, document: SkipDocument, step: HistoryStep | null): Moved {
  const here = lineTo(history.past);
  const there = lineTo(step);
  const shared = here.findIndex((own, index) => own !== there[index]);
  const fork = shared < 0 ? here.length : shared;
  const back = here.slice(fork).reverse();
  const undone = back.reduce((at, { patches }) => applyPatches(at, patches, 'backward'), document);
  const tip = tipThrough(history, step);
  const branches = tip === lastOf(history) ? history.branches : leftFor(history, tip);
  return {
    document: there.slice(fork).reduce((at, { patches }) => applyPatches(at, patches, 'forward'), undone),
    history: { past: step, future: futureOf(lineTo(tip).slice(there.length)), branches, isOpen: false },
  };
}

/** Where redo leads from a step: along the line that is walked now, if the step is on it, else along its branch. */
function tipThrough(history: History, step: HistoryStep | null): HistoryStep | null {
  const isOn = (tip: HistoryStep | null) => step === null || lineTo(tip).includes(step);
  const last = lastOf(history);
  return isOn(last) ? last : (history.branches.find(isOn) ?? step);
}

/** The branches once another one is walked: the line that was left is one of them. */
function leftFor(history: History, tip: HistoryStep | null): readonly HistoryStep[] {
  const last = lastOf(history);
  const others = history.branches.filter((branch) => branch !== tip);
  return last === null || lineTo(tip).includes(last) ? others : [last, ...others].slice(0, BRANCHES);
}

function futureOf(steps: readonly HistoryStep[]): History['future'] {
  return steps.reduceRight<History['future']>((rest, step) => ({ step, rest }), null);
}
