import type { ActivityReport, EpochRow, RunDetails, RunStatus, RunSummary, StepPoint } from '../../shared/rpc/contract';
import { appendPoints, emptySeries, mergeEpochs, pointsOf, type PointSeries } from './runSeries';

/** A run as the page knows it: what it is, and its curve so far. */
export interface RunView {
  readonly summary: RunSummary;
  readonly points: PointSeries;
  readonly epochs: readonly EpochRow[];
  /** The whole curve is here; of a run that was only listed it is not. */
  readonly isComplete: boolean;
  /** What its layers gave, as it was fetched. */
  readonly activity?: ActivityReport;
}

export type Runs = Readonly<Record<string, RunView>>;

/** What a host tells of a run as it goes on. */
export interface RunProgress {
  readonly summary: RunSummary;
  readonly points: readonly StepPoint[];
  readonly epochs: readonly EpochRow[];
}

const ACTIVE: readonly RunStatus[] = ['preparing', 'running', 'pausing', 'paused', 'stopping'];

/** It has not ended: it trains, is about to, or waits to go on. */
export function isActive(summary: RunSummary): boolean {
  return ACTIVE.includes(summary.status);
}

/** It was stopped or broken off with steps left, and its last checkpoint is there. */
export function canGoOn({ status, hasWeights, step, totalSteps }: RunSummary): boolean {
  return (status === 'stopped' || status === 'failed') && hasWeights && (totalSteps === 0 || step < totalSteps);
}

/** The runs of a fresh list: those that are gone leave, the others keep their curves. */
export function withList(runs: Runs, summaries: readonly RunSummary[]): Runs {
  return Object.fromEntries(summaries.map((summary) => [summary.id, { ...(runs[summary.id] ?? emptyView(summary)), summary }]));
}

/** A run with all that the host has of it, and with what came by itself while the host was answering. */
export function withDetails(runs: Runs, details: RunDetails): Runs {
  const before = runs[details.summary.id];
  const fetched = appendPoints(emptySeries, details.points);
  const view: RunView = {
    summary: before && isLater(before.summary, details.summary) ? before.summary : details.summary,
    points: before ? appendPoints(fetched, pointsOf(before.points)) : fetched,
    epochs: mergeEpochs(before?.epochs ?? [], details.epochs),
    isComplete: true,
    ...(details.activity ? { activity: details.activity } : {}),
  };
  return { ...runs, [details.summary.id]: view };
}

function isLater(a: RunSummary, b: RunSummary): boolean {
  return a.step > b.step || (a.step === b.step && a.endedAt !== null && b.endedAt === null);
}

/** A run that went on. The curve of one whose beginning was never fetched stays incomplete, unless this is its beginning. */
export function withProgress(runs: Runs, { summary, points, epochs }: RunProgress): Runs {
  const view = runs[summary.id] ?? emptyView(summary);
  const next: RunView = {
    summary,
    points: appendPoints(view.points, points),
    epochs: mergeEpochs(view.epochs, epochs),
    isComplete: view.isComplete || summary.status === 'preparing' || summary.step === 0,
  };
  return { ...runs, [summary.id]: next };
}

export function withoutRun(runs: Runs, id: string): Runs {
  return Object.fromEntries(Object.entries(runs).filter(([key]) => key !== id));
}

/** Runs with the latest first. */
export function latestFirst(runs: Runs): readonly RunView[] {
  return Object.values(runs).sort((a, b) => b.summary.startedAt - a.summary.startedAt);
}

function emptyView(summary: RunSummary): RunView {
  return { summary, points: emptySeries, epochs: [], isComplete: false };
}
