import type { SkipDocument } from '../document/document';
import { applyPatches, diff } from './patches';
import { beginningOf, isBeginning, lastOf, lineTo, type History, type HistoryStep } from './historySteps';
import { bytesOf, withinMemory } from './undoMemory';

/** Each branch holds what it changed: as many are kept as somebody may want back. */
const BRANCHES = 20;

/** The history with one more intention; `merge` lets the last step grow where it is open and has the same label. */
export function record(history: History, label: string, before: SkipDocument, after: SkipDocument, mode: 'record' | 'merge'): History {
  const { past, open } = history;
  const grows = mode === 'merge' && open && past?.label === label ? past : undefined;
  const from = grows ? beginOf(grows, open, before) : before;
  const patches = diff(from, after);
  const step: HistoryStep = { label, at: Date.now(), patches, previous: grows ? grows.previous : past, bytes: bytesOf(patches) };
  const bytes = history.bytes - (grows?.bytes ?? 0) + step.bytes;
  return withinMemory({
    past: step,
    future: null,
    branches: leftBehind(history),
    open: mode === 'merge' ? { from, to: after } : null,
    bytes,
  });
}

/** The document as it was before a step that grows; what changed since without a step is in it, too. */
function beginOf({ patches }: HistoryStep, open: History['open'], now: SkipDocument): SkipDocument {
  return open?.to === now ? open.from : applyPatches(now, patches, 'backward');
}

/** The branches, with what was undone as one of them. */
function leftBehind({ past, future, branches }: History): readonly HistoryStep[] {
  const tip = lastOf({ past, future });
  return future === null || tip === null ? branches : [tip, ...branches.filter((branch) => branch !== tip)].slice(0, BRANCHES);
}

/** Ends the step that `merge` edits join. */
export function seal(history: History): History {
  return history.open ? { ...history, open: null } : history;
}

interface Moved {
  readonly document: SkipDocument;
  readonly history: History;
}

/** Undo; undefined at the beginning. */
export function stepBack(history: History, document: SkipDocument): Moved | undefined {
  const { past, future } = history;
  if (isBeginning(past)) return undefined;
  return {
    document: applyPatches(document, past.patches, 'backward'),
    history: { ...history, past: past.previous, future: { step: past, rest: future }, open: null },
  };
}

/** Redo; undefined where nothing was undone. */
export function stepForward(history: History, document: SkipDocument): Moved | undefined {
  const { future } = history;
  if (!future) return undefined;
  return {
    document: applyPatches(document, future.step.patches, 'forward'),
    history: { ...history, past: future.step, future: future.rest, open: null },
  };
}

/** To the state behind any step, of this line or of a branch; null: to the beginning. Nothing is forgotten on the way. */
export function goTo(history: History, document: SkipDocument, to: HistoryStep | null): Moved {
  const beginning = beginningOf(history.past);
  // What was forgotten leads nowhere: from elsewhere its differences would make a network that never was.
  const step = beginningOf(to) === beginning ? (to ?? beginning) : beginning;
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
    history: { ...history, past: step, future: futureOf(lineTo(tip).slice(there.length)), branches, open: null },
  };
}

/** Where redo leads from a step: along the line that is walked now, if the step is on it, else along its branch. */
function tipThrough(history: History, step: HistoryStep | null): HistoryStep | null {
  const isOn = (tip: HistoryStep | null) => isBeginning(step) || lineTo(tip).includes(step);
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
