import type { CompiledNetwork } from '../../shared/program/compiled';
import { RpcError } from '../../shared/rpc/messages';
import type { Backend } from './backend';
import { madeUpBatch } from './profile';
import { freshWeights, yieldToMessages } from './training';

/** The first steps plan, compile shaders and allocate: they are not measured. */
const WARM_UP = 2;
const MEASURED = 5;
/** Once this many milliseconds are measured, fewer steps are enough. */
const LONG_ENOUGH = 2000;

/** Milliseconds of a training step of this network on made-up data: the median of a few. */
export async function trialOf(backend: Backend, network: CompiledNetwork, batchSize: number): Promise<number> {
  const program = network.programs.train;
  if (!program) throw new RpcError('E_NO_PROGRAM', 'None of the outputs learns: there is no training step to try.');
  const batch = madeUpBatch(network, program, batchSize);
  const session = await backend.load(network);
  const times: number[] = [];
  try {
    await session.initialize(freshWeights(network, 1));
    for (let step = 0; step < WARM_UP + MEASURED; step += 1) {
      const started = performance.now();
      await session.train(batch, { learningRate: 0, seed: [0, step] });
      if (step >= WARM_UP) times.push(performance.now() - started);
      if (times.reduce((sum, time) => sum + time, 0) > LONG_ENOUGH) break;
      await yieldToMessages();
    }
  } finally {
    session.dispose();
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
}
