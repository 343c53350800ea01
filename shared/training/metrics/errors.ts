import { defineMetric, numbersFrom, only, stateOf, type MetricDefinition } from './_define';

/** What errors of numbers are told by. */
interface Sums {
  count: number;
  absolute: number;
  squared: number;
  target: number;
  squaredTarget: number;
}

function ofSums(compute: (sums: Readonly<Sums>) => number): MetricDefinition['meter'] {
  return (_, before) => {
    const [count, absolute, squared, target, squaredTarget] = numbersFrom(before, [0, 0, 0, 0, 0]) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const sums: Sums = { count, absolute, squared, target, squaredTarget };
    return {
      state: () => stateOf([sums.count, sums.absolute, sums.squared, sums.target, sums.squaredTarget]),
      add({ scores, targets }) {
        for (let index = 0; index < targets.length; index += 1) {
          const wanted = targets[index] as number;
          const error = (scores[index] as number) - wanted;
          sums.count += 1;
          sums.absolute += Math.abs(error);
          sums.squared += error * error;
          sums.target += wanted;
          sums.squaredTarget += wanted * wanted;
        }
      },
      result: () => compute(sums),
    };
  };
}

const common = { measures: ['values'], isShare: false } as const;

/** Mean of the absolute errors. */
export const mae = defineMetric({
  ...common,
  ...only('meanAbsoluteError'),
  title: 'MAE',
  summary: 'How far the numbers are off, in the mean',
  formula: 'mean |ŷ − y|',
  keras: 'MeanAbsoluteError',
  torch: 'MeanAbsoluteError',
  better: 'lower',
  meter: ofSums(({ absolute, count }) => absolute / count),
});

/** Root of the mean of the squared errors. */
export const rmse = defineMetric({
  ...common,
  ...only('rootMeanSquaredError'),
  title: 'RMSE',
  summary: 'How far the numbers are off; large errors count most',
  formula: '√ mean (ŷ − y)²',
  keras: 'RootMeanSquaredError',
  torch: 'MeanSquaredError(squared=False)',
  better: 'lower',
  meter: ofSums(({ squared, count }) => Math.sqrt(squared / count)),
});

/** Coefficient of determination. */
export const r2 = defineMetric({
  ...common,
  ...only('r2Score'),
  title: 'R²',
  summary: 'Share of the targets’ spread that is explained: 1 all, 0 no more than their mean would',
  formula: '1 − Σ(ŷ − y)² / Σ(y − ȳ)²',
  keras: 'R2Score',
  torch: 'R2Score',
  note: 'Over all numbers of an output together.',
  better: 'higher',
  meter: ofSums(({ squared, target, squaredTarget, count }) => 1 - squared / (squaredTarget - (target * target) / count)),
});
