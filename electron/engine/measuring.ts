import type { CompiledNetwork, TargetType } from '../../shared/program/compiled';
import { metricName, metricOf, type MetricKind, type MetricSettings } from '../../shared/training/metrics/index';
import type { Meter, MeterState, Observation } from '../../shared/training/metrics/_define';
import { confusionMeter } from '../../shared/training/metrics/confusion';
import type { OutputResult, StepResult, TensorData } from './backend';

/** What was seen of the batches so far, so that it can go along with a checkpoint. */
export interface MeasuredSums extends LossSums {
  /** Of each metric, by its name, of several outputs `output/metric`. */
  readonly meters?: Readonly<Record<string, MeterState>> | undefined;
}

interface LossSums {
  readonly samples: number;
  /** The loss times the samples. */
  readonly loss: number;
  /** Of each output its loss, and how many predictions were right of how many. */
  readonly outputs: Readonly<Record<string, { readonly loss: number; readonly correct: number | null; readonly count: number }>>;
}

const NO_SUMS: LossSums = { samples: 0, loss: 0, outputs: {} };

/** What was measured over some batches. */
export interface Measured {
  readonly loss: number;
  /** Of the first output that has right and wrong; null where none has. */
  readonly accuracy: number | null;
  /** By the metric's name, of several outputs `output/metric`; losses and accuracies of several outputs among them. */
  readonly metrics: Readonly<Record<string, number | null>>;
  readonly samples: number;
}

/** Gathers loss, accuracy and metrics over batches. */
export interface Measure {
  add(result: StepResult, samples: number): void;
  sums(): MeasuredSums;
  result(): Measured;
}

/** Nothing measured yet, or what was before a stop. */
export function createMeasure({ targets }: CompiledNetwork, wanted: readonly MetricSettings[], before: MeasuredSums = NO_SUMS): Measure {
  const { meters: seen = {}, ...losses } = before;
  let sums: LossSums = losses;
  const isOne = targets.length === 1;
  const key = (output: string, metric: string) => (isOne ? metric : `${output}/${metric}`);
  const meters = targets.flatMap((target) =>
    wanted
      .filter(({ kind }) => kind !== 'accuracy' && measures(kind, target))
      .map((settings) => {
        const name = key(target.name, metricName(settings));
        return { target, name, meter: metricOf(settings.kind).meter(settings, Object.hasOwn(seen, name) ? seen[name] : undefined) };
      }),
  );
  return {
    sums: () => ({
      ...sums,
      ...(meters.length > 0 ? { meters: Object.fromEntries(meters.map(({ name, meter }) => [name, meter.state()])) } : {}),
    }),
    add(result, samples) {
      sums = added(sums, result, samples);
      for (const { target, meter } of meters) observe(meter, target, result.outputs[target.name]);
    },
    result() {
      const own = Object.entries(sums.outputs);
      const accuracies = own.map(([name, { correct, count }]) => [name, correct === null || count === 0 ? null : correct / count] as const);
      const perOutput = isOne
        ? []
        : [
            ...own.map(([name, { loss }]) => [key(name, 'loss'), finite(loss / sums.samples)] as const),
            ...accuracies.flatMap(([name, share]) => (share === null ? [] : [[key(name, 'accuracy'), share] as const])),
          ];
      return {
        loss: sums.loss / sums.samples,
        accuracy: accuracies.find(([, share]) => share !== null)?.[1] ?? null,
        metrics: Object.fromEntries([...perOutput, ...meters.map(({ name, meter }) => [name, finite(meter.result())] as const)]),
        samples: sums.samples,
      };
    },
  };
}

/** Counts of right and predicted classes of each output that has classes or answers, and both classes of each sample. */
export function createConfusions({ targets }: CompiledNetwork) {
  const own = targets.filter(({ accuracy }) => accuracy !== null).map(createConfusion);
  return {
    add(result: StepResult, places: Int32Array): void {
      for (const confusion of own) confusion.add(result, places);
    },
    result: () => own.map((confusion) => confusion.result()),
  };
}

/** No class: of a sample that could not be read. */
const UNREAD = -1;

/** Of one output. Right and predicted class of each sample are kept, by its place, as long as no sample has several. */
function createConfusion(target: TargetType) {
  const right: number[] = [];
  const predicted: number[] = [];
  let isOneEach = true;
  let coming: Iterator<number> = [].values();
  const meter = confusionMeter((of, as) => {
    const place = coming.next().value as number | undefined;
    if (!isOneEach || place === undefined) return;
    right[place] = of;
    predicted[place] = as;
  });
  const byPlace = (classes: readonly number[]) => Int32Array.from({ length: classes.length }, (_, place) => classes[place] ?? UNREAD);
  return {
    add({ outputs }: StepResult, places: Int32Array): void {
      const { truth, mask } = outputs[target.name] ?? {};
      if (truth) isOneEach &&= truth.data.length === places.length && !mask;
      coming = places.values();
      observe(meter, target, outputs[target.name]);
    },
    result: () => ({
      output: target.name,
      counts: meter.counts(),
      samples: isOneEach ? { right: byPlace(right), predicted: byPlace(predicted) } : null,
    }),
  };
}

/** Whether a metric can be measured of an output that is held against such a target. */
function measures(kind: MetricKind, { accuracy }: TargetType): boolean {
  const observed: Observation['kind'] = accuracy === 'class' ? 'classes' : accuracy === 'binary' ? 'binary' : 'values';
  return metricOf(kind).measures.includes(observed);
}

/** Tells of the predictions that count. */
function observe(meter: Pick<Meter, 'add'>, { accuracy, classes }: TargetType, result: OutputResult | undefined): void {
  if (!result?.prediction || !result.truth) return;
  const scores = counted(result.prediction.data, result.mask);
  const targets = counted(result.truth.data, result.mask);
  if (accuracy === 'class') meter.add({ kind: 'classes', scores, classes, targets });
  else meter.add({ kind: accuracy === 'binary' ? 'binary' : 'values', scores, targets });
}

/** The numbers of the steps that count, one step after the other; each step has as many. */
function counted(numbers: ArrayLike<number>, mask: TensorData | undefined): ArrayLike<number> {
  if (!mask) return numbers;
  const ofStep = numbers.length / mask.data.length;
  return Array.from(numbers).filter((_, at) => mask.data[Math.floor(at / ofStep)] !== 0);
}

function added(sums: LossSums, result: StepResult, samples: number): LossSums {
  const outputs = Object.entries(result.outputs).map(([name, { loss, correct, count }]) => {
    const before = sums.outputs[name] ?? { loss: 0, correct: null, count: 0 };
    const right = correct === null ? null : (before.correct ?? 0) + correct;
    return [name, { loss: before.loss + loss * samples, correct: right, count: before.count + count }] as const;
  });
  return { samples: sums.samples + samples, loss: sums.loss + result.loss * samples, outputs: Object.fromEntries(outputs) };
}

/** Nothing that is no number crosses a pipe as one. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
