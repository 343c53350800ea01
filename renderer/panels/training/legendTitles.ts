import { optimizerOf } from '../../../shared/training/optimizers/index';
import type { DrawnRun } from '../../state/comparedRuns';
import { whenWords } from '../runs/words';

/** Short names of runs that are compared, in their order: `Adam 0.01`, and of batch size and time what is needed to tell them apart. */
export function legendTitles(drawn: readonly DrawnRun[], now: number): readonly string[] {
  const batches = new Set(drawn.map(({ run }) => run.summary.request.batchSize));
  const titles = drawn.map(({ run: { summary } }) => {
    const { optimizer, batchSize } = summary.request;
    const title = `${optimizerOf(optimizer.kind).title} ${optimizer.learningRate}`;
    return batches.size > 1 ? `${title} · b${batchSize}` : title;
  });
  return titles.map((title, index) =>
    titles.indexOf(title) === titles.lastIndexOf(title)
      ? title
      : `${title} · ${whenWords(drawn[index]?.run.summary.startedAt ?? now, now)}`,
  );
}
