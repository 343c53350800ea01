import uPlot from 'uplot';
import type { CurveLine } from './curveLines';

interface ChartSettings {
  readonly lines: readonly CurveLine[];
  /** Of a tick on the value axis. */
  readonly formatTick: (value: number) => string;
  readonly ceiling: number | undefined;
  readonly size: HTMLElement;
  /** The epoch under the pointer, or null when it has left. */
  readonly onPoint: (epoch: number | null) => void;
}

/** How the curves are drawn; colours are CSS variables that are read at each drawing. */
export function chartOptions({ lines, formatTick, ceiling, size, onPoint }: ChartSettings): uPlot.Options {
  return {
    width: Math.max(1, size.clientWidth),
    height: Math.max(1, size.clientHeight),
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    padding: [6, 8, 0, 0],
    scales: {
      x: { time: false, range: (_chart, low, high) => [Math.min(0, low ?? 0), Math.max(1, high ?? 1)] },
      y: { range: (_chart, low, high) => valueRange(low, high, ceiling) },
    },
    series: [{}, ...lines.map(lineSeries)],
    axes: [
      axis({ values: (_chart, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? String(tick) : '')), size: 22 }),
      axis({ values: (_chart, ticks) => ticks.map((tick) => formatTick(tick)), size: 46 }),
    ],
    hooks: { setCursor: [(chart) => onPoint(pointedEpoch(chart))] },
  };
}

/** The lines over one common x; each is drawn through where only another one has a point. */
export function joined(lines: readonly CurveLine[]): uPlot.AlignedData {
  const tables = lines.map(({ x, y }): uPlot.AlignedData => [[...x], [...y]]);
  return tables.length === 0 ? [[]] : uPlot.join(tables);
}

function lineSeries({ colour, isDashed, label }: CurveLine): uPlot.Series {
  return {
    label,
    stroke: () => cssColour(`--${colour}-10`),
    width: 1.75,
    spanGaps: true,
    points: { show: (_chart, _index, _from, _to) => false },
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

function pointedEpoch(chart: uPlot): number | null {
  const { left } = chart.cursor;
  return left === undefined || left < 0 ? null : chart.posToVal(left, 'x');
}

function cssColour(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}
