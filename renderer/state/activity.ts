import { create } from 'zustand';
import { activityOf, magnitude, share, type Activity } from '../../shared/infer/activity';
import type { NodePath } from '../../shared/infer/analysis';
import { heatOf } from '../../shared/infer/heat';
import type { ActivityReport } from '../../shared/rpc/contract';
import { countOf, formatCount } from '../ui/numbers';
import { useDocument } from './document';
import { useHeat, type HeatSource } from './heat';
import { activeRun, useRuns } from './runs';

interface ActivityState {
  /** Of layers and blocks, by path; empty before a run has told any. */
  readonly values: ReadonlyMap<NodePath, Activity>;
  readonly runId: string | null;
  readonly step: number;
  readonly samples: number;
  /** The run that told them goes on. */
  readonly isLive: boolean;
}

const nothing: ActivityState = { values: new Map(), runId: null, step: 0, samples: 0, isLive: false };

/** What layers give in training, as the engine told last, of the shown document. */
export const useActivity = create<ActivityState>(() => nothing);

const SOURCES: readonly HeatSource[] = [
  source('activityMagnitude', 'Magnitude of activations', 'Root of the mean square of what each layer gives in training.', {
    figure: ({ rms }) => rms ?? undefined,
    label: magnitude,
  }),
  source('activityZeros', 'Share of zeros', 'How much of what each layer gives in training is exactly zero.', {
    figure: ({ rms, zeros }) => (rms === null ? undefined : zeros),
    label: share,
  }),
  source('activitySilent', 'Silent channels', 'The share of channels of each layer that give nothing for any of the samples.', {
    figure: ({ rms, silent }) => (rms === null ? undefined : silent),
    label: share,
  }),
];

interface Figure {
  /** Undefined where it is not known: of numbers that are none there are no shares. */
  readonly figure: (activity: Activity) => number | undefined;
  readonly label: (value: number) => string;
}

function source(id: string, title: string, meaning: string, { figure, label }: Figure): HeatSource {
  return {
    id,
    title,
    meaning,
    measure() {
      const known = [...useActivity.getState().values].flatMap(([path, activity]) => {
        const value = figure(activity);
        return value === undefined ? [] : [[path, value] as const];
      });
      return heatOf(new Map(known), label);
    },
  };
}

/** A report of a run of the shown document. */
export function activityArrived(runId: string, { step, samples, layers }: ActivityReport): void {
  const { analysis } = useDocument.getState();
  const isLive = activeRun(useRuns.getState())?.id === runId;
  useActivity.setState({ values: activityOf(analysis, layers), runId, step, samples, isLive });
  for (const each of SOURCES) useHeat.getState().offer(each);
}

/** Follows the end of a run, and forgets the layers of another document. Returns what ends it. */
export function followActivity(): () => void {
  const ends = [
    useRuns.subscribe((state) => {
      const { runId, isLive } = useActivity.getState();
      const active = activeRun(state)?.id;
      const fetched = state.runs[active ?? '']?.activity;
      if (active !== undefined && active !== runId && fetched) return activityArrived(active, fetched);
      const isGoingOn = runId !== null && active === runId;
      if (isLive !== isGoingOn) useActivity.setState({ isLive: isGoingOn });
    }),
    useDocument.subscribe(({ document }, before) => {
      if (document.id === before.document.id) return;
      for (const { id } of SOURCES) useHeat.getState().withdraw(id);
      useActivity.setState(nothing);
    }),
  ];
  return () => ends.forEach((end) => end());
}

/** `Step 1,200 of the run that goes on, over 16 samples`: when and of what the figures are. */
export function activityMoment({ step, samples, isLive }: Pick<ActivityState, 'step' | 'samples' | 'isLive'>): string {
  return `Step ${formatCount(step)} of ${isLive ? 'the run that goes on' : 'the last run'}, over ${countOf(samples, 'sample')}`;
}
