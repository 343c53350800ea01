import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { CurveLine } from './curveLines';
import { chartOptions, joined } from './chartOptions';

interface CurveChartProps {
  readonly title: string;
  readonly lines: readonly CurveLine[];
  readonly format: (value: number) => string;
  readonly formatTick: (value: number) => string;
  /** The most the values can be; the axis ends there. */
  readonly ceiling?: number;
  /** The value axis goes by powers of ten. */
  readonly isLog: boolean;
  /** When the run that it is compared with was. */
  readonly comparedWith: string | undefined;
}

/** A chart of lines over epochs, with the latest value of each beside its name – or the value under the pointer. */
export function CurveChart({ title, lines, format, formatTick, ceiling, isLog, comparedWith }: CurveChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const [pointed, setPointed] = useState<number | null>(null);
  const shape = lines.map(({ label }) => label).join('|');

  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    const made = new uPlot(
      chartOptions({ lines, formatTick, ceiling, isLog, size: parent, onPoint: setPointed }),
      joined(lines, isLog),
      parent,
    );
    chart.current = made;
    const ends = [followSize(parent, made), followTheme(made)];
    return () => {
      ends.forEach((end) => end());
      made.destroy();
      chart.current = undefined;
    };
    // The chart is made anew only for other lines; their values flow in below.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shape, formatTick, ceiling, isLog]);

  useEffect(() => {
    chart.current?.setData(joined(lines, isLog));
  }, [lines, isLog]);

  const values = lines.filter(({ isFaint }) => !isFaint).map((line) => ({ ...line, value: valueAt(line, pointed) }));
  const main = values.filter(({ isDashed }) => !isDashed);
  const compared = values.filter(({ isDashed }) => isDashed);
  const summary = values.map(({ label, value }) => `${label} ${value === undefined ? 'not measured' : format(value)}`).join(', ');
  return (
    <figure className="m-0 flex min-h-0 min-w-0 flex-1 flex-col">
      <figcaption className="flex flex-wrap items-baseline gap-x-3 pb-1 text-sm whitespace-nowrap">
        <span className="text-secondary">{title}</span>
        {main.map((line) => (
          <Latest key={line.label} {...line} format={format} />
        ))}
        {pointed !== null && <span className="font-mono text-xs text-secondary">epoch {Math.max(0, pointed).toFixed(2)}</span>}
        {compared.length > 0 && (
          <span className="ml-auto flex flex-wrap items-baseline gap-x-3 text-xs text-secondary">
            dashed: {comparedWith}
            {compared.map(({ label, ...line }) => (
              <Latest key={label} {...line} label={label.split(' ')[0] as string} format={format} />
            ))}
          </span>
        )}
      </figcaption>
      <div ref={box} role="img" aria-label={`${title} over epochs: ${summary}`} className="min-h-0 flex-1 overflow-hidden" />
    </figure>
  );
}

interface LatestProps extends Pick<CurveLine, 'label' | 'colour'> {
  readonly value: number | undefined;
  readonly format: (value: number) => string;
}

/** A line's name in its colour, and its value. */
function Latest({ label, colour, value, format }: LatestProps) {
  return (
    <span style={{ color: textColour(colour) }}>
      {label} <span className="font-mono text-xs">{value === undefined ? '–' : format(value)}</span>
    </span>
  );
}

/** The last value at or before an epoch; without one the last of all. */
function valueAt({ x, y }: CurveLine, epoch: number | null): number | undefined {
  if (epoch === null) return y.at(-1);
  const index = x.findLastIndex((value) => value <= epoch);
  return index < 0 ? undefined : y[index];
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
function textColour(colour: CurveLine['colour']): string {
  return `color-mix(in srgb, var(--${colour}-11) 85%, var(--text))`;
}
