import type { AnsweringEngine } from '../../shared/rpc/contract';
import { chooseEngine } from './engines';
import { refuseTooLarge } from './memoryNeed';
import { readyNetwork } from './networks';
import { madeUpBatch } from './profile';
import { answeringOf } from './sessions';
import { freshWeights } from './training';

/**
 * Which engine predicts a document's network the quickest here, for so many samples at once: the trial of a model that is asked again and
 * again, on made-up samples and weights.
 */
export async function tryAnswering(document: string, batchSize: number): Promise<AnsweringEngine> {
  const { compiled } = readyNetwork(document);
  refuseTooLarge(compiled, batchSize);
  const backend = chooseEngine(null);
  const session = await backend.load(compiled);
  const weights = freshWeights(compiled, 1);
  const answering = answeringOf({ compiled, session }, weights, backend, null);
  try {
    await session.initialize(weights);
    const { inputs } = madeUpBatch(compiled, compiled.programs.predict, batchSize);
    const outputs = await session.predict(inputs);
    for await (const _ of answering.choose({ inputs, outputs }));
    return answering.chosen() ?? { engine: backend.name, reason: 'no other was tried' };
  } finally {
    answering.dispose();
    session.dispose();
  }
}
