import { metricNamed } from '../../shared/training/metrics/index';

/** `Precision 0.9312` for each metric that was measured, in the order in which they came. */
export function metricWords(values: Readonly<Record<string, number | null>>): readonly string[] {
  return Object.entries(values).map(([name, value]) => `${metricNamed(name).title} ${value === null ? '–' : value.toFixed(4)}`);
}
