import type { MetricDefinition, Meter } from './_define';

/** As Keras has it. */
const K = 5;

/** Share of predictions whose right class is among the five best. */
export const topK: MetricDefinition = {
  kind: 'topKCategoricalAccuracy',
  title: 'Top-5 accuracy',
  summary: 'Share of predictions whose right class is among the five with the highest scores',
  formula: 'right among 5 / all',
  keras: 'TopKCategoricalAccuracy(k=5)',
  torch: 'Accuracy(top_k=5)',
  measures: ['classes'],
  better: 'higher',
  isShare: true,
  meter() {
    const sums = { right: 0, all: 0 };
    return {
      add(observation) {
        if (observation.kind !== 'classes') return;
        const { scores, classes, targets } = observation;
        for (let row = 0; row < targets.length; row += 1) {
          const own = scores[row * classes + (targets[row] as number)] as number;
          let ahead = 0;
          for (let index = 0; index < classes; index += 1) if ((scores[row * classes + index] as number) > own) ahead += 1;
          if (ahead < K) sums.right += 1;
          sums.all += 1;
        }
      },
      result: () => sums.right / sums.all,
    };
  },
};

/** Area under the curve of hits over false alarms. */
export const auc: MetricDefinition = {
  kind: 'auc',
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
};

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
