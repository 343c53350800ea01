import { parseDocument } from '../../shared/document/parse';
import type { SkipDocument } from '../../shared/document/document';
import { analyze } from '../../shared/infer/analyze';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { findLayer } from '../../shared/layers/index';
import { compileNetwork, type CompileOptions } from '../../shared/program/compile';
import type { CompiledNetwork } from '../../shared/program/compiled';
import { RpcError } from '../../shared/rpc/messages';
import type { TrainingRequest } from '../../shared/rpc/contract';
import type { MetricSettings } from '../../shared/training/metrics/index';
import type { Columns } from './feeding';

/** A document made ready for an engine. */
export interface ReadyNetwork {
  readonly document: SkipDocument;
  readonly analysis: NetworkAnalysis;
  readonly compiled: CompiledNetwork;
}

/**
 * Compiles a document's network; with an optimizer, or its `own` one for each batch, for training; the options are those of `compileNetwork`. Says which problem
 * stands in the way.
 */
export function readyNetwork(
  text: string,
  wanted?: TrainingRequest['optimizer'] | 'own',
  { looking = false, passes }: Pick<CompileOptions, 'looking' | 'passes'> = {},
): ReadyNetwork {
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new RpcError(parsed.error.code, parsed.error.message, parsed.error.fix);
  const { document } = parsed.value;
  const analysis = analyze(document);
  const optimizer = wanted === 'own' ? ofEachBatch(document.training.optimizer) : wanted;
  const compiled = compileNetwork(analysis, {
    findLayer,
    looking,
    ...(passes ? { passes } : {}),
    ...(optimizer
      ? { training: { optimizer, objectives: document.training.objectives, predictions: document.training.metrics.some(needsPredictions) } }
      : {}),
  });
  if (!compiled.ok) throw new RpcError('E_NETWORK', compiled.error.message, 'Repair the problem, then try again.');
  return { document, analysis, compiled: compiled.value };
}

/** An optimizer of which each batch makes a step of its own, and nothing is averaged. */
export function ofEachBatch(optimizer: TrainingRequest['optimizer']): TrainingRequest['optimizer'] {
  const { gradientAccumulationSteps: _group, emaMomentum: _momentum, ...plain } = optimizer;
  return plain;
}

/** Loss and accuracy are computed with the step; other metrics from what it predicts. */
function needsPredictions({ kind }: MetricSettings): boolean {
  return kind !== 'accuracy';
}

/** Which column of the data a document has for each of its inputs and outputs. */
export function columnsOf({ training, data }: SkipDocument): Columns {
  return { inputs: data.inputs, outputs: Object.fromEntries(training.objectives.map(({ output, column }) => [output, column])) };
}
