import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import colors from 'picocolors';
import { serializeDocument } from '../../shared/document/serialize';
import { createClient } from '../../shared/rpc/client';
import { contract } from '../../shared/rpc/contract';
import { memoryPipes } from '../../shared/rpc/memoryPipe';
import { RATE_STEPS, smoothedLosses, suggestedRate, type RatePoint } from '../../shared/training/rateTest';
import { loadDocument } from './documents';
import { datasetNamed } from './datasetNamed';
import { withEngine } from './engines';
import { print, printJson, table, type ExitCode } from './output';
import { progressBar } from './progressBar';
import { requestOf, type TrainOptions } from './train';
import { withOptions } from './trainingOptions';

export type FindRateOptions = Pick<TrainOptions, 'data' | 'batch' | 'seed' | 'engine' | 'loss' | 'optimizer'> & { readonly json?: boolean };

/** `skipwire find-lr FILE`: the loss while the learning rate grows, and the rate at which it falls fastest. Ctrl+C shows what there is. */
export async function findRate(path: string, options: FindRateOptions): Promise<ExitCode> {
  const loaded = await loadDocument(resolve(path));
  const document = { ...loaded.document, training: withOptions(loaded.document, loaded.analysis, options) };
  return withEngine(async (services) => {
    const { runs, data } = services;
    const request = requestOf(document, { ...options, data: await datasetNamed(data, options.data, document) });
    const testId = randomUUID();
    const report = rateReport();
    const [page, pipe] = memoryPipes();
    services.connect(pipe);
    createClient(contract, page).on('runs.rate', ({ point }) => report.step(point));
    const interrupt = () => void runs['runs.stopRates']({ testId });
    process.on('SIGINT', interrupt);
    process.on('SIGTERM', interrupt);
    try {
      const { points, stopped } = await runs['runs.rates']({ testId, document: serializeDocument(document), request });
      report.end();
      const suggested = suggestedRate(points);
      if (options.json) printJson({ file: path, optimizer: request.optimizer.kind, stopped, suggested, points });
      else tell(points, stopped, suggested, request.optimizer.kind);
      return suggested === null ? 1 : 0;
    } finally {
      report.end();
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    }
  });
}

function tell(points: readonly RatePoint[], stopped: boolean, suggested: number | null, optimizer: string): void {
  if (points.length > 0) print(curveTable(points));
  if (stopped) print(colors.yellow(`Stopped after ${points.length} of ${RATE_STEPS} steps.`));
  if (suggested !== null) print(`Suggested rate for ${optimizer}: ${suggested} – where the loss falls fastest.`);
  else print(stopped ? 'Until then the loss hardly fell: there is nothing to suggest.' : NO_RATE);
}

/** What goes on, on the error stream, so that the result can be taken by another program. */
function rateReport() {
  const bar = process.stderr.isTTY ? progressBar('{bar} step {value} of {total}  rate {rate}  loss {loss}') : undefined;
  let count = 0;
  return {
    step({ rate, loss }: RatePoint) {
      const words = { rate: rate.toExponential(1), loss: loss.toFixed(4) };
      if (count === 0) bar?.start(RATE_STEPS, 0, words);
      count += 1;
      bar?.update(count, words);
      if (!bar && count % LINE_EVERY === 0)
        process.stderr.write(`step ${count} of ${RATE_STEPS}  rate ${words.rate}  loss ${words.loss}\n`);
    },
    end: () => bar?.stop(),
  };
}

/** Steps between lines where no bar is drawn. */
const LINE_EVERY = 10;
const NO_RATE = 'At no rate does the loss fall: look at the data, the loss and the network first.';
/** A row for about each third of a power of ten. */
const ROWS = 5;
const WIDTH = 40;

function curveTable(points: readonly RatePoint[]): string {
  const smoothed = smoothedLosses(points);
  const most = Math.max(...smoothed);
  const least = Math.min(0, ...smoothed);
  const rows = points.flatMap(({ rate }, index) => {
    if (index % ROWS !== 0 && index !== points.length - 1) return [];
    const loss = smoothed[index] as number;
    return [[rate.toExponential(1), loss.toFixed(4), '█'.repeat(Math.round(((loss - least) / (most - least || 1)) * WIDTH))]];
  });
  return table([['rate', 'loss', ''], ...rows]);
}
