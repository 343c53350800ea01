import { lastOf, lineTo, type History, type HistoryStep } from '../../../shared/history/historySteps';

/** A way that one went on without: where it parted from what is listed before it, and its own steps, the first one first. */
export interface Branch {
  readonly from: HistoryStep | null;
  readonly steps: readonly HistoryStep[];
}

/** The branches of a history, each with the steps that no line before it has. */
export function branchesOf(history: History): readonly Branch[] {
  const listed = new Set(lineTo(lastOf(history)));
  return history.branches.flatMap((tip) => {
    const steps = lineTo(tip).filter((step) => !listed.has(step));
    for (const step of steps) listed.add(step);
    return steps[0] ? [{ from: steps[0].previous, steps }] : [];
  });
}
