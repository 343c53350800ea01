import type { RunSummary } from '../rpc/contract';

/** A tenth of the rate that broke a run: with the same it would break at the same step again. Undefined where another thing ended it. */
export function rateToGoOnWith({ brokenBy, request }: Pick<RunSummary, 'brokenBy' | 'request'>): number | undefined {
  // Twelve digits, so that a tenth of 0.003 reads 0.0003.
  return brokenBy === 'learningRate' ? Number((request.optimizer.learningRate / 10).toPrecision(12)) : undefined;
}
