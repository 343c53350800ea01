import * as z from 'zod';
import { finderOf, listOf, settingsOf } from '../choice';
import type { MetricDefinition } from './_define';
import { accuracy, f1Score, precision, recall } from './confusion';
import { mae, r2, rmse } from './errors';
import { auc, topK } from './ranking';

/** Every metric there is. A new one is an entry of a file and a line here. */
const table = [accuracy, topK, precision, recall, f1Score, auc, mae, rmse, r2] as const;

/** What is measured, as documents have it. */
export const metricSettings = z.discriminatedUnion('kind', settingsOf(table));
export type MetricSettings = Readonly<z.output<typeof metricSettings>>;
export type MetricKind = MetricSettings['kind'];

/** Every metric with its words, for lists. */
export const metrics = listOf<MetricDefinition<z.ZodType<MetricSettings>>>(table);

/** The metric of a kind. */
export const metricOf = finderOf(metrics);

/** The name under which it is measured: its kind, with the settings that are not the usual ones: `topKCategoricalAccuracy,k=3`. */
export function metricName({ kind, ...settings }: MetricSettings): string {
  const usual: Readonly<Record<string, unknown>> = metricOf(kind).settings.parse({ kind });
  return [kind, ...Object.entries(settings).flatMap(([name, value]) => (value === usual[name] ? [] : [`${name}=${String(value)}`]))].join();
}

/** A metric's title and form from the name under which it was measured: of several outputs `output/metric`. */
export function metricNamed(name: string): { readonly title: string; readonly isShare: boolean } {
  const at = name.lastIndexOf('/');
  const [kind = '', ...settings] = name.slice(at + 1).split(',');
  const known = metrics.find((metric) => metric.kind === kind);
  const title = known ? titleOf(known, settings) : kind === 'loss' ? 'Loss' : kind;
  return { title: at < 0 ? title : `${name.slice(0, at)}: ${title}`, isShare: known?.isShare ?? false };
}

/** Settings are written `name=number`. */
function titleOf({ kind, title, titleWith, settings }: (typeof metrics)[number], written: readonly string[]): string {
  const pairs = written.map((setting) => setting.split('=')).map(([name = '', value]) => [name, Number(value)] as const);
  const parsed = settings.safeParse({ kind, ...Object.fromEntries(pairs) });
  return parsed.success ? (titleWith?.(parsed.data) ?? title) : title;
}
