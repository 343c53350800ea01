import * as z from 'zod';
import type { MetricDefinition } from './_define';
import { accuracy, f1Score, precision, recall } from './confusion';
import { mae, r2, rmse } from './errors';
import { auc, topK } from './ranking';

/** Every metric there is. A new one is an entry of a file and a line here. */
const table = {
  accuracy,
  topKCategoricalAccuracy: topK,
  precision,
  recall,
  f1Score,
  auc,
  meanAbsoluteError: mae,
  rootMeanSquaredError: rmse,
  r2Score: r2,
};

export type MetricKind = keyof typeof table;
/** The name of a metric, as documents have it. */
export const metricKind = z.enum(Object.keys(table) as [MetricKind, ...MetricKind[]]);

/** Every metric with its words, for lists. */
export const metrics = Object.values(table) as readonly (MetricDefinition & { readonly kind: MetricKind })[];

/** The metric of a kind. */
export function metricOf(kind: MetricKind): MetricDefinition {
  return table[kind];
}

/** A metric's title and form from the name under which it was measured: of several outputs `output/metric`. */
export function metricNamed(name: string): { readonly title: string; readonly isShare: boolean } {
  const at = name.lastIndexOf('/');
  const kind = name.slice(at + 1);
  const known = metrics.find((metric) => metric.kind === kind);
  const title = known?.title ?? (kind === 'loss' ? 'Loss' : kind);
  return { title: at < 0 ? title : `${name.slice(0, at)}: ${title}`, isShare: known?.isShare ?? false };
}
