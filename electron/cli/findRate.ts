import { resolve } from 'node:path';
import { serializeDocument } from '../../shared/document/serialize';
import { smoothedLosses, suggestedRate, type RatePoint } from '../../shared/training/rateTest';
import { loadDocument } from './documents';
import { datasetNamed } from './datasetNamed';
import { withEngine } from './engines';
import { print, printJson, table, type ExitCode } from './output';
import { requestOf, type TrainOptions } from './train';
import { withOptions } from './trainingOptions';

export type FindRateOptions = Pick<TrainOptions, 'data' | 'batch' | 'seed' | 'engine' | 'loss' | 'optimizer'> & { readonly json?: boolean };

/** `skipwire find-lr FILE`: the loss while the learning rate grows, and the rate at which it falls fastest. */
export async function findRate(path: string, options: FindRateOptions): Promise<ExitCode> {
  const loaded = await loadDocument(resolve(path));
  const document = { ...loaded.document, training: withOptions(loaded.document, loaded.analysis, options) };
  return withEngine(async ({ runs, data }) => {
    const request = requestOf(document, { ...options, data: await datasetNamed(data, options.data, document) });
    const { points } = await runs['runs.rates']({ document: serializeDocument(document), request });
    const suggested = suggestedRate(points);
    if (options.json) printJson({ file: path, optimizer: request.optimizer.kind, suggested, points });
    else {
      print(curveTable(points));
      print(suggested === null ? NO_RATE : `Suggested rate for ${request.optimizer.kind}: ${suggested} – where the loss falls fastest.`);
    }
    return suggested === null ? 1 : 0;
  });
}

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
