import uPlot from 'uplot';
import { valueAt, type CurveLine } from './curveLines';

interface ChartSettings {
  /** With their newest values. */
  readonly lines: () => readonly CurveLine[];
  /** Of a tick on the value axis. */
  readonly formatTick: (value: number) => string;
  readonly ceiling: number | undefined;
  /** The value axis goes by powers of ten. */
  readonly isLog: boolean;
  readonly size: HTMLElement;
  /** The epoch under the pointer, or null when it has left. */
  readonly onPoint: (epoch: number | null) => void;
  /** The run whose line is under the pointer, or null when none is. */
  readonly onRun: (run: string | null) => void;
}

/** How the curves are drawn; colours are CSS variables that are read at each drawing. */
export function chartOptions({ lines, formatTick, ceiling, isLog, size, onPoint, onRun }: ChartSettings): uPlot.Options {
  return {
    width: Math.max(1, size.clientWidth),
    height: Math.max(1, size.clientHeight),
    legend: { show: false },
    // Pointed at in one chart, an epoch is pointed at in all.
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false }, sync: { key: 'epochs' } },
    padding: [6, 8, 0, 0],
    scales: {
      x: { time: false, range: (_chart, low, high) => [Math.min(0, low ?? 0), Math.max(1, high ?? 1)] },
      y: isLog
        ? { distr: 3, range: (_chart, low, high) => logRange(low, high) }
        : { range: (_chart, low, high) => valueRange(low, high, ceiling) },
    },
    series: [{}, ...lines().map(lineSeries)],
    axes: [
      axis({ values: (_chart, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? String(tick) : '')), size: 22 }),
      {
        ...axis({ values: (_chart, ticks) => tickWords(ticks, formatTick, isLog), size: TICKS }),
        size: (_chart, words) => Math.max(TICKS, ...(words ?? []).map((word) => word.length * DIGIT + GAP)),
        space: 34,
      },
    ],
    hooks: {
      setCursor: [
        (chart) => {
          onPoint(pointedEpoch(chart));
          // The pointer of another chart is here for its epoch alone.
          if (size.matches(':hover')) onRun(pointedRun(chart, lines()));
        },
      ],
    },
  };
}

/** Least width of the value axis, width of a figure in it and what is beside the figures, in CSS pixels. */
const TICKS = 46;
const DIGIT = 6.6;
const GAP = 10;

/** On an axis of powers of ten their ones, twos and fives are named: more would stand on each other. */
function tickWords(ticks: readonly (number | null)[], format: (tick: number) => string, isLog: boolean): string[] {
  return ticks.map((tick) => (tick === null || (isLog && !/^[125](\.0+)?e/.test(tick.toExponential(3))) ? '' : format(tick)));
}

/** The lines over one common x; each is drawn through where only another one has a point. */
export function joined(lines: readonly CurveLine[], isLog: boolean): uPlot.AlignedData {
  // Powers of ten have no zero.
  const shown = (value: number) => (isLog && value <= 0 ? null : value);
  const tables = lines.map(({ x, y }): uPlot.AlignedData => [[...x], y.map(shown)]);
  return tables.length === 0 ? [[]] : uPlot.join(tables);
}

/** More values than that make a line of their own. */
const MOST_DOTS = 60;

function lineSeries({ colour, isDashed, isFaint, hasDots, label }: CurveLine): uPlot.Series {
  const stroke = () => cssColour(colour);
  const isFew = ({ data }: uPlot, index: number) =>
    (data[index] ?? []).filter((value) => value !== null && value !== undefined).length <= MOST_DOTS;
  return {
    label,
    stroke,
    width: isFaint ? 1 : WIDTH,
    alpha: isFaint ? FAINT : 1,
    spanGaps: true,
    points: { show: (chart, index) => hasDots && isFew(chart, index), size: 5, stroke, fill: stroke },
    ...(isDashed ? { dash: [5, 4] } : {}),
  };
}

function axis({ values, size }: { values: uPlot.Axis.DynamicValues; size: number }): uPlot.Axis {
  return {
    stroke: () => cssColour('--text-secondary'),
    font: "11px 'JetBrains Mono Variable', monospace",
    grid: { stroke: () => cssColour('--border'), width: 1 },
    ticks: { show: false },
    gap: 4,
    size,
    values,
  };
}

/** Some air around the values; never above the ceiling, never empty. */
function valueRange(low: number | null, high: number | null, ceiling: number | undefined): [number, number] {
  if (low === null || high === null) return [0, ceiling ?? 1];
  const air = Math.max((high - low) * 0.06, Math.abs(high) * 1e-3, 1e-9);
  return [Math.max(0, low - air), Math.min(high + air, ceiling ?? Infinity)];
}

/** The same for powers of ten. */
function logRange(low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0.1, 1];
  return [low / 1.15, high * 1.15];
}

/** How wide lines are in CSS pixels, and how much of their colour those have that stand back. */
const WIDTH = 1.75;
const EMPHASIZED = 2.75;
const FAINT = 0.3;

/** One run stands out, and those beside it stand back; null: all are alike. */
export function emphasize(chart: uPlot, lines: readonly CurveLine[], run: string | null): void {
  lines.forEach(({ run: own }, index) => {
    const series = chart.series[index + 1];
    if (!series) return;
    series.alpha = run === null || own === run ? 1 : FAINT;
    series.width = own === run ? EMPHASIZED : WIDTH;
  });
  chart.redraw(false, false);
}

/** How far from a line the pointer may be, in CSS pixels. */
const NEAR = 16;

function pointedRun(chart: uPlot, lines: readonly CurveLine[]): string | null {
  const epoch = pointedEpoch(chart);
  if (epoch === null) return null;
  const distances = lines.map((line) => {
    const value = valueAt(line, epoch);
    return value === undefined ? Infinity : Math.abs(chart.valToPos(value, 'y') - (chart.cursor.top ?? Infinity));
  });
  const least = Math.min(...distances);
  return least <= NEAR ? (lines[distances.indexOf(least)]?.run ?? null) : null;
}

function pointedEpoch(chart: uPlot): number | null {
  const { left } = chart.cursor;
  return left === undefined || left < 0 ? null : chart.posToVal(left, 'x');
}

function cssColour(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}
