import type { OutputObjective, SkipDocument, TrainingSettings } from '../../../shared/document/document';
import { defaultLoss, lossOf, type LossKind } from '../../../shared/training/losses/index';
import { metricOf, type MetricKind, type MetricSettings } from '../../../shared/training/metrics/index';
import { optimizerOf, type OptimizerKind } from '../../../shared/training/optimizers/index';
import { scheduleOf, type ScheduleKind } from '../../../shared/training/schedules/index';
import type { ParamValue } from '../../../shared/graph/graph';

/** Changes of a document's training settings: each a recipe for the document store. */
export type Recipe = (document: SkipDocument) => SkipDocument;

export function withTraining(change: Partial<TrainingSettings>): Recipe {
  return (document) => ({ ...document, training: { ...document.training, ...change } });
}

export function withDataset(dataset: string): Recipe {
  return (document) => ({ ...document, data: { ...document.data, dataset } });
}

/** A new kind of optimizer starts with its own usual rate: Adam's 0.001 would not move SGD, SGD's 0.1 would throw Adam off. */
export function withOptimizerKind(kind: OptimizerKind): Recipe {
  return (document) =>
    document.training.optimizer.kind === kind ? document : withTraining({ optimizer: optimizerOf(kind).usual })(document);
}

/** Changes fields of the optimizer as it is. */
export function withOptimizer(change: Readonly<Record<string, ParamValue>>): Recipe {
  return (document) => withTraining({ optimizer: { ...document.training.optimizer, ...change } })(document);
}

/** A new kind of schedule starts with its own defaults. */
export function withScheduleKind(kind: ScheduleKind): Recipe {
  return (document) =>
    document.training.schedule.kind === kind ? document : withTraining({ schedule: scheduleOf(kind).settings.parse({ kind }) })(document);
}

/** Changes fields of the schedule as it is. */
export function withSchedule(change: Readonly<Record<string, ParamValue>>): Recipe {
  return (document) => withTraining({ schedule: { ...document.training.schedule, ...change } })(document);
}

/** What each of these outputs learns: what the document says, or what every output learns by itself. */
export function objectivesOf({ training: { objectives } }: SkipDocument, outputs: readonly string[]): readonly OutputObjective[] {
  const usual = (output: string): OutputObjective => ({ output, loss: defaultLoss, weight: 1, column: 'label' });
  if (objectives.length === 0) return outputs.map(usual);
  return outputs.map((output) => objectives.find((objective) => objective.output === output) ?? { ...usual(output), weight: 0 });
}

/** Changes what one output learns. The others keep what they learned, which is written down from now on. */
export function withObjective(outputs: readonly string[], output: string, change: Partial<OutputObjective>): Recipe {
  return (document) => {
    const all = objectivesOf(document, outputs).map((objective) => (objective.output === output ? { ...objective, ...change } : objective));
    return withTraining({ objectives: all.filter(({ weight }) => weight > 0) })(document);
  };
}

/** A new kind of loss starts with its own defaults. */
export function withLossKind(outputs: readonly string[], output: string, kind: LossKind): Recipe {
  return withObjective(outputs, output, { loss: lossOf(kind).settings.parse({ kind }) });
}

/** A metric more, with its own defaults, or one less. */
export function withMetric(kind: MetricKind, isMeasured: boolean): Recipe {
  return (document) => {
    const others = document.training.metrics.filter((metric) => metric.kind !== kind);
    return withTraining({ metrics: isMeasured ? [...others, metricOf(kind).settings.parse({ kind })] : others })(document);
  };
}

/** Changes settings of one of the metrics. */
export function withMetricSettings(of: MetricSettings, change: Readonly<Record<string, ParamValue>>): Recipe {
  return (document) =>
    withTraining({ metrics: document.training.metrics.map((metric) => (metric === of ? { ...metric, ...change } : metric)) })(document);
}
