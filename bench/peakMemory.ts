/** `peakMemory.ts tensorflow|onnxruntime|fit NETWORK BATCH`: takes two training steps and prints the process's peak memory. */
import { chooseEngine } from '../electron/engine/engines';
import { freshWeights } from '../electron/engine/training';
import type { EngineName } from '../shared/rpc/contract';
import { compiledSteps, tenStepsBatch } from '../shared/testing/tenSteps';
import { MEMORY_NETWORKS } from './memoryNetworks';
import { tfjsTrainer } from './peers/tfjs';
import { OPTIMIZER, subjectOf } from './subjects';

const STEPS = 2;

/** What the process has before there is a network in it, in megabytes. */
async function ours(engine: EngineName, name: string, batchSize: number): Promise<number> {
  const found = MEMORY_NETWORKS[name];
  if (!found) throw new Error(`There is no network "${name}".`);
  const backend = chooseEngine(engine);
  const base = process.memoryUsage.rss() / 1e6;
  const network = compiledSteps({
    name,
    batchSize,
    optimizer: OPTIMIZER,
    document: found.document(),
    ...(found.loss ? { loss: found.loss } : {}),
  });
  const batch = tenStepsBatch(network, batchSize);
  const session = await backend.load(network);
  await session.initialize(freshWeights(network, 1));
  for (let step = 0; step < STEPS; step += 1) await session.train(batch, { learningRate: 1e-4, seed: [1, step] });
  return base;
}

async function fit(name: string, batchSize: number): Promise<number> {
  const found = MEMORY_NETWORKS[name];
  if (!found) throw new Error(`There is no network "${name}".`);
  const subject = subjectOf(found.document(), batchSize);
  const contestant = await tfjsTrainer(subject, STEPS, freshWeights(subject.network, 1));
  await contestant.run();
  return 0;
}

async function main([who = '', name = '', batch]: readonly string[]): Promise<void> {
  const base = who === 'fit' ? await fit(name, Number(batch)) : await ours(who as EngineName, name, Number(batch));
  console.log(JSON.stringify({ base, megabytes: process.resourceUsage().maxRSS / 1000 }));
}

void main(process.argv.slice(2));
