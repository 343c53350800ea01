import { rateAt, type ScheduleSettings } from '../../../shared/training/schedules/index';
import { formatNumber } from '../../ui/NumberField';

interface ScheduleCurveProps {
  readonly schedule: ScheduleSettings;
  readonly rate: number;
  readonly epochs: number;
}

const WIDTH = 144;
const HEIGHT = 30;
/** Fine enough for the restarts that can be told apart at this width. */
const POINTS = 289;
/** Where the data's size is not known, an epoch is taken for a hundred steps. */
const STEPS = 100;

/** The learning rate from the first step to the last, as a small curve. */
export function ScheduleCurve({ schedule, rate, epochs }: ScheduleCurveProps) {
  const rates = ratesOf(schedule, rate, epochs);
  const highest = Math.max(...rates, Number.MIN_VALUE);
  const x = (index: number) => (index / (rates.length - 1)) * WIDTH;
  const y = (value: number) => HEIGHT - 2 - (value / highest) * (HEIGHT - 4);
  const path = rates.map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  const [first = rate, last = rate] = [rates[0], rates.at(-1)];
  const words = `${shortRate(first)} → ${schedule.kind === 'plateau' ? 'smaller on plateaus' : shortRate(last)}`;
  return (
    <figure
      className="my-0.5 mr-6 ml-27"
      aria-label={`Learning rate over ${epochs} epochs: ${words}, at most ${shortRate(highest)}`}
      role="img"
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="block h-8 w-full" aria-hidden>
        <path d={`M0 ${HEIGHT - 0.5}H${WIDTH}`} stroke="var(--border)" fill="none" vectorEffect="non-scaling-stroke" />
        <path d={path} fill="none" stroke="var(--indigo-10)" strokeWidth={1.5} vectorEffect="non-scaling-stroke" strokeLinejoin="round" />
      </svg>
      <figcaption aria-hidden className="pt-0.5 font-mono text-xs text-secondary">
        {words}
      </figcaption>
    </figure>
  );
}

function ratesOf(schedule: ScheduleSettings, rate: number, epochs: number): readonly number[] {
  const totalSteps = Math.max(2, epochs * STEPS);
  return Array.from({ length: POINTS }, (_, index) => {
    const step = Math.round((index / (POINTS - 1)) * (totalSteps - 1));
    return rateAt(schedule, rate, { step, totalSteps, stepsPerEpoch: STEPS });
  });
}

function shortRate(rate: number): string {
  return formatNumber(Number(rate.toPrecision(2)));
}
