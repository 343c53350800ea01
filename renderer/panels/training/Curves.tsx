import { useMemo, useState, type ReactNode } from 'react';
import { useRuns } from '../../state/runs';
import type { RunView } from '../../state/runUpdates';
import { Switch } from '../../ui/Switch';
import { Segments } from '../runs/Segments';
import { useElementSize } from '../runs/useElementSize';
import { lossWords, percent } from '../runs/words';
import { CurveChart } from './CurveChart';
import { curveLines, type Metric } from './curveLines';
import { EpochTable } from './EpochTable';

type View = Metric | 'epochs';

const views = [
  { value: 'loss', label: 'Loss' },
  { value: 'accuracy', label: 'Accuracy' },
  { value: 'epochs', label: 'Epochs' },
] as const;

/** Narrower than this one view is shown at a time; wider than the second, all three; in CSS pixels. */
const TWO_CHARTS = 620;
const CHARTS_AND_TABLE = 940;

/** The curves of a run and its table of epochs, as many of them side by side as there is room for. */
export function Curves({ run }: { readonly run: RunView }) {
  const [view, setView] = useState<View>('loss');
  const [smoothed, setSmoothed] = useState(false);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const isNarrow = width < TWO_CHARTS;
  const isWide = width >= CHARTS_AND_TABLE;
  const choices = isNarrow ? views : views.filter(({ value }) => value !== 'accuracy');
  const shown = view === 'accuracy' && !isNarrow ? 'loss' : view;
  const chart = (metric: Metric) => <MetricChart key={metric} run={run} metric={metric} smoothed={smoothed} width={width} />;
  return (
    <div ref={ref} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1.5">
        {!isWide && (
          <Segments
            label="What to show"
            value={shown}
            options={choices.map((choice) => (choice.value === 'loss' && !isNarrow ? { ...choice, label: 'Curves' } : choice))}
            onChange={setView}
          />
        )}
        {(isWide || shown !== 'epochs') && <Smoothing smoothed={smoothed} onChange={setSmoothed} />}
      </div>
      <div className="flex min-h-0 flex-1 gap-5">
        {(isWide || shown === 'loss') && chart('loss')}
        {(isWide || shown === 'accuracy' || (!isNarrow && shown === 'loss')) && chart('accuracy')}
        {(isWide || shown === 'epochs') && (
          <Scrolling isFixed={isWide}>
            <EpochTable epochs={run.epochs} best={run.summary.best?.epoch} />
          </Scrolling>
        )}
      </div>
    </div>
  );
}

function MetricChart({
  run,
  metric,
  smoothed,
  width,
}: {
  readonly run: RunView;
  readonly metric: Metric;
  readonly smoothed: boolean;
  readonly width: number;
}) {
  const other = useRuns((state) =>
    state.comparedRun === null || state.comparedRun === run.summary.id ? undefined : state.runs[state.comparedRun],
  );
  const lines = useMemo(() => {
    const options = { smoothed, buckets: Math.max(100, Math.floor(width / 2)) };
    return [...curveLines(run, metric, options), ...(other ? curveLines(other, metric, { ...options, isCompared: true }) : [])];
  }, [run, other, metric, smoothed, width]);
  const isLoss = metric === 'loss';
  return (
    <CurveChart
      title={isLoss ? 'Loss' : 'Accuracy'}
      lines={lines}
      format={isLoss ? lossWords : shareWords}
      formatTick={isLoss ? lossTick : shareTick}
      {...(isLoss ? {} : { ceiling: 1 })}
    />
  );
}

const shareWords = (share: number) => percent(share);
const shareTick = (share: number) => percent(share, 0);
/** As few digits as tell the tick: `0.5`, `2`, `0.05`. */
const lossTick = (loss: number) => String(Number(loss.toPrecision(3)));

function Smoothing({ smoothed, onChange }: { readonly smoothed: boolean; readonly onChange: (smoothed: boolean) => void }) {
  return (
    <span className="ml-auto flex items-center gap-2 text-sm text-secondary">
      <span aria-hidden>Smooth</span>
      <Switch label="Smooth the training curve" checked={smoothed} onChange={onChange} />
    </span>
  );
}

function Scrolling({ isFixed, children }: { readonly isFixed: boolean; readonly children: ReactNode }) {
  return (
    <div
      // A region that scrolls must be reachable by keyboard.
      tabIndex={0}
      role="region"
      aria-label="Table of epochs"
      className={`min-h-0 overflow-auto ${isFixed ? 'w-100 shrink-0' : 'flex-1'}`}
    >
      {children}
    </div>
  );
}
