import type * as z from 'zod';
import type { OutputObjective, SkipDocument, TrainingSettings } from '../../shared/document/document';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { RpcError } from '../../shared/rpc/messages';
import type { Choice } from '../../shared/training/choice';
import { defaultLoss, losses, type LossSettings } from '../../shared/training/losses/index';
import { metrics, type MetricSettings } from '../../shared/training/metrics/index';
import { optimizers, type OptimizerSettings } from '../../shared/training/optimizers/index';
import { schedules, type ScheduleSettings } from '../../shared/training/schedules/index';

/** What `skipwire train` changes of a document's training settings, as it was typed. */
export interface TrainingOptions {
  readonly loss?: readonly string[];
  readonly optimizer?: string;
  readonly learningRate?: string;
  readonly schedule?: string;
  readonly weightDecay?: string;
  readonly clipNorm?: string;
  readonly globalClipNorm?: string;
  readonly clipValue?: string;
  readonly accumulate?: string;
  readonly ema?: string;
  readonly metrics?: string;
}

/** The document's training settings with what was typed in their place, everything checked. */
export function withOptions({ training }: SkipDocument, analysis: NetworkAnalysis, options: TrainingOptions): TrainingSettings {
  return {
    ...training,
    optimizer: optimizerFrom(training.optimizer, options),
    schedule:
      options.schedule === undefined ? training.schedule : (chosen('--schedule', options.schedule, schedules, {}) as ScheduleSettings),
    objectives: options.loss === undefined ? training.objectives : objectivesFrom(options.loss, training, outputsOf(analysis)),
    metrics: options.metrics === undefined ? training.metrics : metricsFrom(options.metrics),
  };
}

const COMMON = {
  learningRate: 'learningRate',
  weightDecay: 'weightDecay',
  clipNorm: 'clipNorm',
  globalClipNorm: 'globalClipNorm',
  clipValue: 'clipValue',
  accumulate: 'gradientAccumulationSteps',
  ema: 'emaMomentum',
} as const;

function optimizerFrom(before: OptimizerSettings, options: TrainingOptions): OptimizerSettings {
  const typed = Object.entries(COMMON).flatMap(([option, field]) => {
    const text = options[option as keyof typeof COMMON];
    return text === undefined ? [] : [{ field, option: optionName(option), text }];
  });
  const [kind] = parts(options.optimizer ?? before.kind);
  const usual = options.optimizer === undefined ? before : optimizers.find((definition) => definition.kind === kind)?.usual;
  return chosen(
    '--optimizer',
    options.optimizer ?? before.kind,
    optimizers,
    { ...usual, ...Object.fromEntries(typed.map(({ field, option, text }) => [field, numberOf(option, text)])) },
    Object.fromEntries(typed.map(({ field, option, text }) => [field, `${option} is "${text}"`])),
  ) as OptimizerSettings;
}

/** As it is typed: `--learning-rate`. */
export function optionName(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `kind` for the only output, or `output:kind` for one of several. */
function objectivesFrom(
  texts: readonly string[],
  { objectives }: TrainingSettings,
  outputs: readonly string[],
): readonly OutputObjective[] {
  const usual = (output: string): OutputObjective => ({ output, loss: defaultLoss, weight: 1, column: 'label' });
  let all = objectives.length > 0 ? objectives : outputs.map(usual);
  for (const text of texts) {
    const [, named, rest = text] = /^([^:,]+):(.*)$/.exec(text) ?? [];
    const output = named ?? outputs[0] ?? '';
    if (named === undefined && outputs.length > 1)
      throw usage(`--loss is "${text}"; the network has several outputs: write OUTPUT:LOSS, OUTPUT being ${outputs.join(', ')}.`);
    if (!outputs.includes(output)) throw usage(`--loss names the output "${output}". There is: ${outputs.join(', ')}.`);
    const { column = 'label', weight = 1, ...settings } = settingsIn('--loss', rest);
    const loss = chosen('--loss', rest.split(',')[0] ?? '', losses, settings) as LossSettings;
    const objective = { output, loss, weight: Number(weight), column: String(column) };
    all = all.some((before) => before.output === output)
      ? all.map((before) => (before.output === output ? objective : before))
      : [...all, objective];
  }
  return all;
}

/** Separated by commas; `name=value` belongs to the metric before it. */
function metricsFrom(text: string): readonly MetricSettings[] {
  return text
    .split(/,(?![^,=]*=)/)
    .filter((metric) => metric.trim() !== '')
    .map((metric) => chosen('--metrics', metric, metrics, {}) as MetricSettings);
}

/** `kind,name=value,…` as settings that their own schema takes; `typed` says of settings that have an option of their own what was typed. */
function chosen<S extends z.ZodType>(
  option: string,
  text: string,
  table: readonly Choice<S>[],
  before: object,
  typed: Readonly<Record<string, string>> = {},
): unknown {
  const [kind] = parts(text);
  const choice = table.find((candidate) => candidate.kind === kind);
  if (!choice) throw usage(`${option} is "${kind}"; there is: ${table.map((known) => known.kind).join(', ')}.`);
  const parsed = choice.settings.safeParse({ ...before, ...settingsIn(option, text), kind });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const own = typed[String(issue?.path[0])];
  if (own !== undefined) throw usage(`${own}. ${issue?.message ?? 'It is not valid'}.`);
  throw usage(`${option} ${text}: ${issue?.path.map(String).join('.') ?? ''} – ${issue?.message ?? 'it is not valid'}.`);
}

function settingsIn(option: string, text: string): Record<string, unknown> {
  return Object.fromEntries(
    parts(text)
      .slice(1)
      .map((part) => {
        const [, name, value] = /^([^=]+)=(.+)$/.exec(part) ?? [];
        if (name === undefined || value === undefined) throw usage(`${option} has the part "${part}"; NAME=VALUE is expected.`);
        return [name.trim(), valueOf(value)] as const;
      }),
  );
}

/** Commas inside brackets belong to a value: `classWeights=[1,2]`. */
function parts(text: string): readonly [string, ...string[]] {
  return text.split(/,(?![^[]*\])/).map((part) => part.trim()) as [string, ...string[]];
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw usage(`${option} is "${text}"; a number is expected.`);
  return value;
}

function outputsOf({ flat }: NetworkAnalysis): readonly string[] {
  return [...flat.nodes.values()].filter(({ type }) => type === 'output').map(({ name }) => name);
}

function usage(message: string): RpcError {
  return new RpcError('E_USAGE', message);
}
