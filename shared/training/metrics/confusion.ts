import { defineMetric, largest, only, THRESHOLD, type Meter, type Observation } from './_define';

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

/** A metric that is computed from the counts at the end. */
function ofCounts(compute: (counts: readonly (readonly number[])[], isBinary: boolean) => number): () => Meter {
  return () => {
    const meter = confusionMeter();
    let isBinary = false;
    return {
      add(observation) {
        isBinary = observation.kind === 'binary';
        meter.add(observation);
      },
      result: () => (meter.counts().length === 0 ? NaN : compute(meter.counts(), isBinary)),
    };
  };
}

/** The mean of a figure over the classes; of yes-or-no answers that of the yes. */
function macro(figure: (hits: number, predicted: number, actual: number) => number): () => Meter {
  return ofCounts((counts, isBinary) => {
    const of = (index: number) =>
      figure(
        counts[index]?.[index] ?? 0,
        counts.reduce((sum, row) => sum + (row[index] as number), 0),
        (counts[index] as readonly number[]).reduce((sum, count) => sum + count, 0),
      );
    if (isBinary) return of(1);
    return counts.reduce((sum, _, index) => sum + of(index), 0) / counts.length;
  });
}

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
  meter: ofCounts((counts) => {
    const all = counts.flat().reduce((sum, count) => sum + count, 0);
    return counts.reduce((sum, row, index) => sum + (row[index] as number), 0) / all;
  }),
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
