import { FIRST_RATE, LAST_RATE, smoothedLosses, type RatePoint } from '../../../../shared/training/rateTest';
import { formatNumber } from '../../../ui/NumberField';
import { lossWords } from '../../runs/words';

interface RateCurveProps {
  readonly points: readonly RatePoint[];
  readonly suggested: number | null;
  /** The rate that the document has. */
  readonly current: number;
  /** More is to come: there is room for it. */
  readonly isGoing: boolean;
}

const WIDTH = 560;
const HEIGHT = 200;
const LEFT = 44;
const BOTTOM = 24;
/** Height of a label. */
const LINE = 14;
/** What is above it is cut off: where the loss is lost it rises without end. */
const TOP_SHARE = 1.15;

/** The loss over the logarithm of the rate, dots as measured and a line through their running mean; the suggested rate is marked. */
export function RateCurve({ points, suggested, current, isGoing }: RateCurveProps) {
  const smoothed = smoothedLosses(points);
  const [first = FIRST_RATE, last = LAST_RATE] = [points[0]?.rate, isGoing ? LAST_RATE : points.at(-1)?.rate];
  const [least, most] = [Math.min(...smoothed), (smoothed[0] ?? 1) * TOP_SHARE];
  const x = (rate: number) => LEFT + (Math.log(rate / first) / Math.log(last / first)) * (WIDTH - LEFT - 8);
  const y = (loss: number) =>
    6 + (1 - (Math.max(least * 0.9, Math.min(loss, most)) - least * 0.9) / (most - least * 0.9)) * (HEIGHT - BOTTOM - 6);
  const start = smoothed[0] ?? 1;
  // Two labels that would stand on each other are one.
  const labelled = Math.abs(y(start) - y(least)) < LINE ? [start] : [least, start];
  const path = points.map(
    ({ rate }, index) => `${index === 0 ? 'M' : 'L'}${x(rate).toFixed(1)} ${y(smoothed[index] as number).toFixed(1)}`,
  );
  const words = isGoing ? 'being measured' : suggested === null ? 'no rate suggested' : `falls fastest at ${formatNumber(suggested)}`;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Loss over the learning rate: ${words}`} className="w-full">
      <path d={`M${LEFT} 6V${HEIGHT - BOTTOM}H${WIDTH - 8}`} fill="none" stroke="var(--border)" />
      {labelled.map((loss) => (
        <text key={loss} x={LEFT - 6} y={y(loss) + 4} textAnchor="end" className="fill-secondary font-mono text-xs">
          {lossWords(loss)}
        </text>
      ))}
      {powersBetween(first, last).map((power) => (
        <text key={power} x={x(10 ** power)} y={HEIGHT - 6} textAnchor="middle" className="fill-secondary font-mono text-xs">
          {formatNumber(10 ** power)}
        </text>
      ))}
      {points.map(({ rate, loss }) => (
        <circle key={rate} cx={x(rate)} cy={y(loss)} r={1.5} fill="var(--indigo-7)" />
      ))}
      <path d={path.join('')} fill="none" stroke="var(--indigo-10)" strokeWidth={2} strokeLinejoin="round" />
      {current >= first && current <= last && (
        <path d={`M${x(current)} 6V${HEIGHT - BOTTOM}`} stroke="var(--text-secondary)" strokeDasharray="3 4" />
      )}
      {suggested !== null && (
        <>
          <path d={`M${x(suggested)} 6V${HEIGHT - BOTTOM}`} stroke="var(--orange-10)" strokeWidth={1.5} />
          <text x={x(suggested) + 5} y={16} className="fill-ink text-xs font-semibold">
            {formatNumber(suggested)}
          </text>
        </>
      )}
    </svg>
  );
}

/** Whole powers of ten between two rates. */
function powersBetween(first: number, last: number): readonly number[] {
  const [from, to] = [Math.ceil(Math.log10(first)), Math.floor(Math.log10(last))];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
