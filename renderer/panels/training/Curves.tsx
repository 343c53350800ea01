import { useMemo, useRef, useState, type ReactNode, type Ref } from 'react';
import { metricNamed } from '../../../shared/training/metrics/index';
import { useDrawnRuns } from '../../state/runs';
import type { DrawnRun } from '../../state/comparedRuns';
import type { RunView } from '../../state/runUpdates';
import { useTrainingView } from '../../state/trainingView';
import { Select } from '../../ui/Select';
import { Segments } from '../runs/Segments';
import { useElementSize } from '../runs/useElementSize';
import { lossWords, percent } from '../runs/words';
import { CurveChart } from './CurveChart';
import { CurveControls } from './CurveControls';
import { ConfusionView } from './confusion/ConfusionView';
import { curveLines, metricsOf, type Metric } from './curveLines';
import { EpochTable } from './EpochTable';
import { RunLegend } from './RunLegend';

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
  const charts = useRef<HTMLDivElement>(null);
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
            <CurveControls run={run} charts={charts} isNarrow={width < TWO_CHARTS} />
          </>
        )}
      </div>
      {shown === 'confusion' ? <ConfusionView run={run} /> : <Charts ref={charts} run={run} view={shown} width={width} />}
    </div>
  );
}

interface ChartsProps {
  readonly run: RunView;
  readonly view: 'loss' | 'accuracy' | 'epochs';
  readonly width: number;
  readonly ref: Ref<HTMLDivElement>;
}

function Charts({ run, view, width, ref }: ChartsProps) {
  const isNarrow = width < TWO_CHARTS;
  const isWide = width >= CHARTS_AND_TABLE;
  const second = useSecondMetric(run);
  const drawn = useDrawnRuns();
  const chart = (metric: Metric) => <MetricChart key={metric} run={run} drawn={drawn} metric={metric} width={width} />;
  return (
    <div ref={ref} className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {drawn.length > 0 && view !== 'epochs' && <RunLegend drawn={drawn} />}
      <div className="flex min-h-24 flex-1 gap-5">
        {(isWide || view === 'loss') && chart('loss')}
        {(isWide || view === 'accuracy' || (!isNarrow && view === 'loss')) && chart(second)}
        {(isWide || view === 'epochs') && (
          <Scrolling isFixed={isWide}>
            <EpochTable epochs={run.epochs} metrics={metricsOf(run)} best={run.summary.best?.epoch} />
          </Scrolling>
        )}
      </div>
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

interface MetricChartProps {
  readonly run: RunView;
  /** The runs that are compared; none: the run alone. */
  readonly drawn: readonly DrawnRun[];
  readonly metric: Metric;
  readonly width: number;
}

function MetricChart({ run, drawn, metric, width }: MetricChartProps) {
  const smoothing = useTrainingView((state) => state.smoothing);
  const isLog = useTrainingView((state) => state.isLog);
  const lines = useMemo(() => {
    const options = { smoothing, buckets: Math.max(100, Math.floor(width / 2)) };
    if (drawn.length === 0) return curveLines(run, metric, options);
    return drawn.flatMap(({ run: one, colour }) => curveLines(one, metric, { ...options, colour }));
  }, [run, drawn, metric, smoothing, width]);
  const { title, isShare } = metricNamed(metric);
  return (
    <CurveChart
      title={title}
      lines={lines}
      format={isShare ? shareWords : lossWords}
      formatTick={isShare ? shareTick : lossTick}
      // Shares have both ends in sight as they are.
      isLog={isLog && !isShare}
      drawn={drawn}
      {...(isShare ? { ceiling: 1 } : {})}
    />
  );
}

const shareWords = (share: number) => percent(share);
const shareTick = (share: number) => `${Number((share * 100).toPrecision(6))} %`;
/** As few digits as tell the tick, and its neighbours apart: `0.5`, `2`, `2.305`. */
const lossTick = (loss: number) => {
  const rounded = Number(loss.toPrecision(6));
  return Math.abs(rounded) < 1e6 ? String(rounded) : rounded.toExponential();
};

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
