import * as z from 'zod';
import { defineMetric, only, type Meter } from './_define';

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
  meter({ k }) {
    const sums = { right: 0, all: 0 };
    return {
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
  note: 'Exact, from all scores; Keras’s reads 200 points of the curve. Of several classes the mean of each against the others.',
  measures: ['classes', 'binary'],
  better: 'higher',
  isShare: false,
  meter(): Meter {
    const scores: number[][] = [];
    const targets: number[][] = [];
    const put = (column: number, score: number, isMember: boolean) => {
      (scores[column] ??= []).push(score);
      (targets[column] ??= []).push(isMember ? 1 : 0);
    };
    return {
      add(observation) {
        const classes = observation.kind === 'classes' ? observation.classes : 1;
        for (let row = 0; row < observation.targets.length; row += 1) {
          const target = observation.targets[row] as number;
          for (let column = 0; column < classes; column += 1)
            put(column, observation.scores[row * classes + column] as number, classes === 1 ? target > 0.5 : target === column);
        }
      },
      result() {
        const areas = scores
          .map((column, index) => areaUnderCurve(column, targets[index] as number[]))
          .filter((area) => !Number.isNaN(area));
        return areas.reduce((sum, area) => sum + area, 0) / areas.length;
      },
    };
  },
});

/** Mann and Whitney's U over the number of pairs: ranks of the members, equal scores sharing theirs. */
function areaUnderCurve(scores: readonly number[], targets: readonly number[]): number {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let at = start; at < end; at += 1) rankSum += (targets[order[at] as number] as number) * rank;
    start = end;
  }
  const members = targets.reduce((sum, target) => sum + target, 0);
  return (rankSum - (members * (members + 1)) / 2) / (members * (targets.length - members));
}
