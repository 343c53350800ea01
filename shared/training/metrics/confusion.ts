import { defineMetric, largest, only, stateOf, THRESHOLD, type MeterState, type MetricDefinition, type Observation } from './_define';

/** Counts predictions by right and predicted class; yes-or-no answers have the classes 0 and 1. `tell` hears of each row. */
export function confusionMeter(tell?: (right: number, predicted: number) => void): {
  add(observation: Observation): void;
  counts(): number[][];
} {
  let counts: number[][] = [];
  return {
    counts: () => counts,
    add(observation) {
      const classes = observation.kind === 'classes' ? observation.classes : 2;
      if (counts.length === 0) counts = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
      for (let row = 0; row < observation.targets.length; row += 1) {
        const [right, predicted] = pairAt(observation, row);
        const line = counts[right];
        if (line?.[predicted] !== undefined) line[predicted] += 1;
        tell?.(right, predicted);
      }
    },
  };
}

/** The right and the predicted class of a row. */
function pairAt(observation: Observation, row: number): readonly [right: number, predicted: number] {
  const target = observation.targets[row] as number;
  if (observation.kind === 'classes') return [target, largest(observation.scores, row * observation.classes, observation.classes)];
  return [target > THRESHOLD ? 1 : 0, (observation.scores[row] as number) > THRESHOLD ? 1 : 0];
}

/** Of each class how many were found, were called it, and are of it: all that these metrics need, where a matrix would grow with its square. */
interface Tally {
  isBinary: boolean;
  readonly hits: number[];
  readonly predicted: number[];
  readonly actual: number[];
}

function emptyTally(classes: number): Tally {
  const zeros = () => Array<number>(classes).fill(0);
  return { isBinary: false, hits: zeros(), predicted: zeros(), actual: zeros() };
}

/** One number for the kind, then three for each class. */
function tallyFrom({ numbers }: MeterState = { numbers: [] }): Tally {
  const [isBinary, ...counts] = numbers;
  const classes = counts.length / 3;
  if (!Number.isInteger(classes) || !counts.every((count) => count !== null && count >= 0)) return emptyTally(0);
  const part = (index: number) => counts.slice(index * classes, (index + 1) * classes) as number[];
  return { isBinary: isBinary === 1, hits: part(0), predicted: part(1), actual: part(2) };
}

function count(tally: Tally, right: number, predicted: number): void {
  const { hits, predicted: called, actual } = tally;
  if (actual[right] === undefined || called[predicted] === undefined) return;
  actual[right] += 1;
  called[predicted] += 1;
  if (right === predicted) hits[right] = (hits[right] as number) + 1;
}

/** A metric that is computed from the counts at the end. */
function ofTally(compute: (tally: Tally) => number): MetricDefinition['meter'] {
  return (_, before) => {
    let tally = tallyFrom(before);
    return {
      add(observation) {
        const classes = observation.kind === 'classes' ? observation.classes : 2;
        if (tally.hits.length !== classes) tally = emptyTally(classes);
        tally.isBinary = observation.kind === 'binary';
        for (let row = 0; row < observation.targets.length; row += 1) count(tally, ...pairAt(observation, row));
      },
      result: () => (tally.hits.length === 0 ? NaN : compute(tally)),
      state: () => stateOf([tally.isBinary ? 1 : 0, ...tally.hits, ...tally.predicted, ...tally.actual]),
    };
  };
}

/** The mean of a figure over the classes; of yes-or-no answers that of the yes. */
function macro(figure: (hits: number, predicted: number, actual: number) => number): MetricDefinition['meter'] {
  return ofTally(({ isBinary, hits, predicted, actual }) => {
    const of = (index: number) => figure(hits[index] as number, predicted[index] as number, actual[index] as number);
    if (isBinary) return of(1);
    return hits.reduce((sum, _, index) => sum + of(index), 0) / hits.length;
  });
}

const sum = (counts: readonly number[]) => counts.reduce((total, each) => total + each, 0);
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const common = { measures: ['classes', 'binary'], better: 'higher', isShare: true } as const;
const MEAN_NOTE = 'The mean over the classes (“macro”); a class without predictions counts 0. Of yes-or-no answers: that of the yes.';

/** Share of predictions that are right. */
export const accuracy = defineMetric({
  ...common,
  ...only('accuracy'),
  title: 'Accuracy',
  summary: 'Share of predictions that are right',
  formula: 'right / all',
  keras: 'Accuracy',
  torch: 'Accuracy(average="micro")',
  meter: ofTally(({ hits, actual }) => sum(hits) / sum(actual)),
});

/** How many of those that were called a class are of it. */
export const precision = defineMetric({
  ...common,
  ...only('precision'),
  title: 'Precision',
  summary: 'Of those that were called a class, the share that is of it',
  formula: 'TP / (TP + FP)',
  keras: 'Precision',
  torch: 'Precision(average="macro")',
  note: MEAN_NOTE,
  meter: macro((hits, predicted) => share(hits, predicted)),
});

/** How many of a class were found. */
export const recall = defineMetric({
  ...common,
  ...only('recall'),
  title: 'Recall',
  summary: 'Of those that are of a class, the share that was found',
  formula: 'TP / (TP + FN)',
  keras: 'Recall',
  torch: 'Recall(average="macro")',
  note: MEAN_NOTE,
  meter: macro((hits, _, actual) => share(hits, actual)),
});

/** The harmonic mean of precision and recall. */
export const f1Score = defineMetric({
  ...common,
  ...only('f1Score'),
  title: 'F1',
  summary: 'Precision and recall in one figure: their harmonic mean',
  formula: '2TP / (2TP + FP + FN)',
  keras: 'F1Score(average="macro")',
  torch: 'F1Score(average="macro")',
  note: MEAN_NOTE,
  meter: macro((hits, predicted, actual) => share(2 * hits, predicted + actual)),
});
