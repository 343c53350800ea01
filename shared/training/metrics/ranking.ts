import * as z from 'zod';
import { defineMetric, numbersFrom, only, stateOf, type Meter } from './_define';
import { keptScores } from './_scores';

/** Share of predictions whose right class is among the best. */
export const topK = defineMetric({
  kind: 'topKCategoricalAccuracy',
  title: 'Top-k accuracy',
  summary: 'Share of predictions whose right class is among the k with the highest scores',
  formula: 'right among k / all',
  keras: 'TopKCategoricalAccuracy',
  torch: 'Accuracy(top_k=k)',
  settings: z.strictObject({
    kind: z.literal('topKCategoricalAccuracy'),
    k: z
      .int()
      .min(1)
      .max(100_000)
      .default(5)
      .meta({ title: 'k of top-k', description: 'Among how many of the highest scores the right class is to be', torch: 'top_k' }),
  }),
  measures: ['classes'],
  better: 'higher',
  isShare: true,
  titleWith: ({ k }) => `Top-${k} accuracy`,
  meter({ k }, before) {
    const [right, all] = numbersFrom(before, [0, 0]) as [number, number];
    const sums = { right, all };
    return {
      state: () => stateOf([sums.right, sums.all]),
      add(observation) {
        if (observation.kind !== 'classes') return;
        const { scores, classes, targets } = observation;
        for (let row = 0; row < targets.length; row += 1) {
          const own = scores[row * classes + (targets[row] as number)] as number;
          let ahead = 0;
          for (let index = 0; index < classes; index += 1) if ((scores[row * classes + index] as number) > own) ahead += 1;
          if (ahead < k) sums.right += 1;
          sums.all += 1;
        }
      },
      result: () => sums.right / sums.all,
    };
  },
});

/** Area under the curve of hits over false alarms. */
export const auc = defineMetric({
  ...only('auc'),
  title: 'AUC',
  summary: 'How surely a member of a class scores higher than one that is not: 1 always, 0.5 by chance',
  formula: 'P(score of a member > score of another), ties count half',
  keras: 'AUC',
  torch: 'AUROC(average="macro")',
  note:
    'Exact, from all scores; Keras’s reads 200 points of the curve. Of several classes the mean of each against the others. ' +
    'Of more than 16 million scores an epoch every second sample counts, every fourth, and so on.',
  measures: ['classes', 'binary'],
  better: 'higher',
  isShare: false,
  meter(_, before): Meter {
    const kept = keptScores(before);
    return {
      add: kept.add,
      state: kept.state,
      result() {
        const areas = Array.from({ length: kept.columns() }, (__, column) => areaUnderCurve(...kept.column(column)));
        const known = areas.filter((area) => area !== undefined);
        return known.reduce((sum, area) => sum + area, 0) / known.length;
      },
    };
  },
});

/**
 * Mann and Whitney's U over the number of pairs: a pair of equal scores counts half. Both are sorted here. Undefined where one side is
 * empty, NaN where a score is none.
 */
function areaUnderCurve(members: Float32Array, others: Float32Array): number | undefined {
  if (members.length === 0 || others.length === 0) return undefined;
  members.sort();
  others.sort();
  // What is no number is the last.
  if (Number.isNaN(members.at(-1)) || Number.isNaN(others.at(-1))) return NaN;
  let [below, notAbove, won] = [0, 0, 0];
  for (const score of members) {
    while (below < others.length && (others[below] as number) < score) below += 1;
    while (notAbove < others.length && (others[notAbove] as number) <= score) notAbove += 1;
    won += (below + notAbove) / 2;
  }
  return won / (members.length * others.length);
}
