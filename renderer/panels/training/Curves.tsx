import { useMemo, useState, type ReactNode } from 'react';
import { metricNamed } from '../../../shared/training/metrics/index';
import { useRuns } from '../../state/runs';
import type { RunView } from '../../state/runUpdates';
import { useTrainingView } from '../../state/trainingView';
import { Select } from '../../ui/Select';
import { Switch } from '../../ui/Switch';
import { Segments } from '../runs/Segments';
import { useElementSize } from '../runs/useElementSize';
import { lossWords, percent } from '../runs/words';
import { CurveChart } from './CurveChart';
import { ConfusionView } from './confusion/ConfusionView';
import { curveLines, metricsOf, type Metric } from './curveLines';
import { EpochTable } from './EpochTable';

type View = 'loss' | 'accuracy' | 'epochs' | 'confusion';

/** Narrower than this one view is shown at a time; wider than the second, all three; in CSS pixels. */
const TWO_CHARTS = 620;
const CHARTS_AND_TABLE = 940;

/** What there is to choose from: what is side by side needs no choice. */
function choicesOf(width: number): readonly { readonly value: View; readonly label: string }[] {
  const isNarrow = width < TWO_CHARTS;
  const curves = isNarrow ? (['loss', 'accuracy'] as const) : (['loss'] as const);
  const labels = { loss: isNarrow ? 'Loss' : 'Curves', accuracy: 'Accuracy', epochs: 'Epochs', confusion: 'Confusion' };
  const table = width < CHARTS_AND_TABLE ? (['epochs'] as const) : [];
  return [...curves, ...table, 'confusion' as const].map((value) => ({ value, label: labels[value] }));
}

/** The curves of a run and its table of epochs, as many of them side by side as there is room for; or what it mistakes for what. */
export function Curves({ run }: { readonly run: RunView }) {
  const [view, setView] = useState<View>('loss');
  const [smoothed, setSmoothed] = useState(false);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const choices = choicesOf(width);
  const shown = choices.some(({ value }) => value === view) ? view : 'loss';
  return (
    <div ref={ref} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1.5">
        <Segments label="What to show" value={shown} options={choices} onChange={setView} />
        {(shown === 'loss' || shown === 'accuracy') && (
          <>
            {(shown === 'accuracy' || width >= TWO_CHARTS) && <MetricSelect run={run} />}
            <Smoothing smoothed={smoothed} onChange={setSmoothed} />
          </>
        )}
      </div>
      {shown === 'confusion' ? <ConfusionView run={run} /> : <Charts run={run} view={shown} smoothed={smoothed} width={width} />}
    </div>
  );
}

interface ChartsProps {
  readonly run: RunView;
  readonly view: 'loss' | 'accuracy' | 'epochs';
  readonly smoothed: boolean;
  readonly width: number;
}

function Charts({ run, view, smoothed, width }: ChartsProps) {
  const isNarrow = width < TWO_CHARTS;
  const isWide = width >= CHARTS_AND_TABLE;
  const second = useSecondMetric(run);
  const chart = (metric: Metric) => <MetricChart key={metric} run={run} metric={metric} smoothed={smoothed} width={width} />;
  return (
    <div className="flex min-h-0 flex-1 gap-5">
      {(isWide || view === 'loss') && chart('loss')}
      {(isWide || view === 'accuracy' || (!isNarrow && view === 'loss')) && chart(second)}
      {(isWide || view === 'epochs') && (
        <Scrolling isFixed={isWide}>
          <EpochTable epochs={run.epochs} metrics={metricsOf(run)} best={run.summary.best?.epoch} />
        </Scrolling>
      )}
    </div>
  );
}

/** What the second chart shows: what was chosen, where this run has it; else accuracy, or the first metric of a run without. */
function useSecondMetric(run: RunView): Metric {
  const chosen = useTrainingView((state) => state.metric);
  const known = metricsOf(run);
  if (known.includes(chosen)) return chosen;
  const hasAccuracy = run.epochs.length === 0 || run.epochs.some(({ trainAccuracy }) => trainAccuracy !== null);
  return hasAccuracy ? 'accuracy' : (known[0] ?? 'accuracy');
}

/** Which metric is drawn beside the loss; nothing where there is but one. */
function MetricSelect({ run }: { readonly run: RunView }) {
  const shown = useSecondMetric(run);
  const known = metricsOf(run);
  const { showMetric } = useTrainingView.getState();
  if (known.length === 0) return null;
  return (
    <div className="w-44">
      <Select
        label="Metric of the second chart"
        value={shown}
        options={['accuracy', ...known].map((name) => ({ value: name, label: metricNamed(name).title }))}
        onChange={showMetric}
      />
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
  const { title, isShare } = metricNamed(metric);
  return (
    <CurveChart
      title={title}
      lines={lines}
      format={isShare ? shareWords : lossWords}
      formatTick={isShare ? shareTick : lossTick}
      {...(isShare ? { ceiling: 1 } : {})}
    />
  );
}

const shareWords = (share: number) => percent(share);
const shareTick = (share: number) => percent(share, 0);
/** As few digits as tell the tick, and its neighbours apart: `0.5`, `2`, `2.305`. */
const lossTick = (loss: number) => {
  const rounded = Number(loss.toPrecision(6));
  return Math.abs(rounded) < 1e6 ? String(rounded) : rounded.toExponential();
};

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
