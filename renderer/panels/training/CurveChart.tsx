import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { DrawnRun } from '../../state/comparedRuns';
import { useTrainingView } from '../../state/trainingView';
import { runTitle } from '../runs/words';
import { valueAt, type CurveLine } from './curveLines';
import { chartOptions, emphasize, joined } from './chartOptions';
import { LineSample } from './LineSample';

interface CurveChartProps {
  readonly title: string;
  readonly lines: readonly CurveLine[];
  readonly format: (value: number) => string;
  readonly formatTick: (value: number) => string;
  /** The most the values can be; the axis ends there. */
  readonly ceiling?: number;
  /** The value axis goes by powers of ten. */
  readonly isLog: boolean;
  /** The runs that the lines are of, where they are those of several. */
  readonly drawn: readonly DrawnRun[];
}

/** A chart of lines over epochs, with the latest value of each beside its name – or the value under the pointer. */
export function CurveChart({ title, lines, format, formatTick, ceiling, isLog, drawn }: CurveChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const [pointed, setPointed] = useState<number | null>(null);
  const pointedRun = useTrainingView((state) => state.pointedRun);
  const shown = useRef({ lines, pointedRun });
  shown.current = { lines, pointedRun };
  const isCompared = drawn.length > 0;
  const shape = lines.map(({ run, label, colour }) => `${run} ${label} ${colour}`).join('|');

  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    const onRun = (run: string | null) => isCompared && useTrainingView.getState().pointAt(run);
    const options = { lines: () => shown.current.lines, formatTick, ceiling, isLog, size: parent, onPoint: setPointed, onRun };
    const made = new uPlot(chartOptions(options), joined(lines, isLog), parent);
    chart.current = made;
    const ends = [followSize(parent, made), followTheme(made)];
    return () => {
      ends.forEach((end) => end());
      made.destroy();
      chart.current = undefined;
    };
    // The chart is made anew only for other lines; their values flow in below.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [shape, isCompared, formatTick, ceiling, isLog]);

  useEffect(() => {
    chart.current?.setData(joined(lines, isLog));
  }, [lines, isLog]);

  useEffect(() => {
    if (isCompared && chart.current) emphasize(chart.current, shown.current.lines, pointedRun);
  }, [isCompared, pointedRun, shape, formatTick, ceiling, isLog]);

  const values = lines.filter(({ isFaint }) => !isFaint).map((line) => ({ ...line, value: valueAt(line, pointed) }));
  const words = (value: number | undefined) => (value === undefined ? '–' : format(value));
  return (
    <figure className="m-0 flex min-h-0 min-w-0 flex-1 flex-col">
      <figcaption className="flex flex-wrap items-baseline gap-x-3 pb-1 text-sm whitespace-nowrap">
        <span className="text-secondary">{title}</span>
        {!isCompared &&
          values.map(({ label, colour, value }) => (
            <span key={label} style={{ color: textColour(colour) }}>
              {label} <span className="font-mono text-xs">{words(value)}</span>
            </span>
          ))}
        {isCompared && <PointedRun drawn={drawn} values={values} words={words} />}
        {pointed !== null && <span className="font-mono text-xs text-secondary">epoch {Math.max(0, pointed).toFixed(2)}</span>}
      </figcaption>
      <div
        ref={box}
        role="img"
        aria-label={`${title} over epochs: ${isCompared ? ofRuns(drawn, values, words) : inWords(values, words)}`}
        className="min-h-0 flex-1 overflow-hidden"
      />
    </figure>
  );
}

type Values = readonly (Pick<CurveLine, 'run' | 'label' | 'isDashed' | 'colour'> & { readonly value: number | undefined })[];

interface PointedRunProps {
  readonly drawn: readonly DrawnRun[];
  readonly values: Values;
  readonly words: (value: number | undefined) => string;
}

/** The values of the run that is pointed at; else what the lines of a run are. */
function PointedRun({ drawn, values, words }: PointedRunProps) {
  const pointedRun = useTrainingView((state) => state.pointedRun);
  const run = drawn.find(({ run: { summary } }) => summary.id === pointedRun);
  const own = values.filter((value) => value.run === (run ?? drawn[0])?.run.summary.id);
  return (
    <>
      {own.map(({ label, isDashed, value, colour }) => (
        <span key={label} className="inline-flex items-baseline gap-1.5 text-secondary">
          <LineSample colour={run ? colour : '--text-secondary'} isDashed={isDashed} />
          {label} {run && <span className="font-mono text-xs text-ink">{words(value)}</span>}
        </span>
      ))}
    </>
  );
}

function inWords(values: Values, words: PointedRunProps['words']): string {
  return values.map(({ label, value }) => `${label} ${value === undefined ? 'not measured' : words(value)}`).join(', ');
}

function ofRuns(drawn: readonly DrawnRun[], values: Values, words: PointedRunProps['words']): string {
  const now = Date.now();
  return drawn
    .map(({ run: { summary } }) => {
      const own = values.filter(({ run }) => run === summary.id);
      return `${runTitle(summary, now)}: ${inWords(own, words)}`;
    })
    .join('; ');
}

function followSize(parent: HTMLElement, chart: uPlot): () => void {
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
    if (width > 0 && height > 0) chart.setSize({ width: Math.floor(width), height: Math.floor(height) });
  });
  observer.observe(parent);
  return () => observer.disconnect();
}

/** Lines and axes read their colours when they are drawn, so a new theme needs a new drawing only. */
function followTheme(chart: uPlot): () => void {
  const observer = new MutationObserver(() => chart.redraw());
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  return () => observer.disconnect();
}

/** A shade stronger than step 11, whose orange has 4.39:1 on our ground where 4.5:1 is asked. */
function textColour(colour: string): string {
  return `color-mix(in srgb, var(${colour.replace(/10$/, '11')}) 85%, var(--text))`;
}
