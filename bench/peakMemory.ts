/**
 * `peakMemory.ts tensorflow|onnxruntime|fit NETWORK BATCH [PASS]`: takes two training steps, of a program without the compiler's pass of
 * that name where one is given, and prints the process's peak memory.
 */
import { chooseEngine } from '../electron/engine/engines';
import { freshWeights } from '../electron/engine/training';
import type { EngineName } from '../shared/rpc/contract';
import { tenStepsBatch } from '../shared/testing/tenSteps';
import { compiledMemoryNetwork, memoryNetwork } from './memoryNetworks';
import { tfjsTrainer } from './peers/tfjs';
import { subjectOf } from './subjects';

const STEPS = 2;

/** Takes the steps. Returns what the process had before there was a network in it, in megabytes. */
async function ours(engine: EngineName, name: string, batchSize: number, without?: string): Promise<number> {
  const backend = chooseEngine(engine);
  const base = process.memoryUsage.rss() / 1e6;
  const network = compiledMemoryNetwork(name, batchSize, without);
  const batch = tenStepsBatch(network, batchSize);
  const session = await backend.load(network);
  await session.initialize(freshWeights(network, 1));
  for (let step = 0; step < STEPS; step += 1) await session.train(batch, { learningRate: 1e-4, seed: [1, step] });
  return base;
}

async function fit(name: string, batchSize: number): Promise<number> {
  const subject = subjectOf(memoryNetwork(name).document(), batchSize);
  const contestant = await tfjsTrainer(subject, STEPS, freshWeights(subject.network, 1));
  await contestant.run();
  return 0;
}

async function main([who = '', name = '', batch, without]: readonly string[]): Promise<void> {
  const base = who === 'fit' ? await fit(name, Number(batch)) : await ours(who as EngineName, name, Number(batch), without);
  console.log(JSON.stringify({ base, megabytes: process.resourceUsage().maxRSS / 1000 }));
}

void main(process.argv.slice(2));
