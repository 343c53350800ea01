/**
 * `passes.ts predictions|transformer|ResNet-50 [ROUNDS]`: what each step of the compiler gains, with and without it in turns in one run.
 * Passes of ours in training steps of TensorFlow (wall and processor time, memory in processes of their own); what the engines do once
 * weights are constants – folding constants and normalisations, bias and activation as one – in predictions of ResNet-50.
 */
import type { Predictor } from '../electron/engine/backend';
import { chooseEngine } from '../electron/engine/engines';
import { createOnnxruntimeBackend } from '../electron/engine/onnxruntime/backend';
import { freshWeights } from '../electron/engine/training';
import { PASSES } from '../shared/program/passes';
import { imageNetResnet } from '../shared/testing/knownNetworks';
import { tenStepsBatch } from '../shared/testing/tenSteps';
import { median } from './harness';
import { inChild } from './inChild';
import { compiledMemoryNetwork } from './memoryNetworks';
import { sessionIn, subjectOf } from './subjects';

interface Way {
  readonly name: string;
  run(): Promise<unknown>;
}

/** Milliseconds of processor time of all threads, and by the clock: of each way the median of rounds that take turns. */
async function inTurns(ways: readonly Way[], rounds: number) {
  for (const { run } of [...ways, ...ways]) await run();
  const times = ways.map(() => ({ clock: [] as number[], processor: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { run }] of ways.entries()) {
      const [start, before] = [performance.now(), process.cpuUsage()];
      await run();
      const { user, system } = process.cpuUsage(before);
      times[index]?.clock.push(performance.now() - start);
      times[index]?.processor.push((user + system) / 1000);
    }
  }
  return times.map(({ clock, processor }) => ({ clock: median(clock), processor: median(processor) }));
}

async function trainingStep(network: string, batchSize: number, rounds: number): Promise<void> {
  const kept = [undefined, ...PASSES.map(({ name }) => name)];
  // First: a process begins with the peak of the one that starts it.
  const peaks = kept.map((without) =>
    inChild<{ megabytes: number }>('peakMemory.ts', 'tensorflow', network, String(batchSize), ...(without ? [without] : [])),
  );
  const operations: number[] = [];
  const ways: Way[] = [];
  for (const without of kept) {
    const compiled = compiledMemoryNetwork(network, batchSize, without);
    operations.push(compiled.programs.train?.operations.length ?? 0);
    const session = await chooseEngine('tensorflow').load(compiled);
    await session.initialize(freshWeights(compiled, 1));
    const batch = tenStepsBatch(compiled, batchSize);
    const run = () => session.train(batch, { learningRate: 1e-4, seed: [1, 1] });
    ways.push({ name: without ? `without ${without}` : 'all passes', run });
  }
  const times = await inTurns(ways, rounds);
  for (const [index, { name }] of ways.entries())
    row(
      `${network}, step of ${batchSize}`,
      name,
      times[index],
      `${operations[index]} operations, ${peaks[index]?.megabytes.toFixed(0)} MB`,
    );
}

async function prediction(rounds: number): Promise<void> {
  const subject = subjectOf(imageNetResnet(50), 1);
  const weights = freshWeights(subject.network, 1);
  const plain = await sessionIn('onnxruntime', subject, weights);
  const frozen = await createOnnxruntimeBackend().freeze(subject.network, weights);
  const of = (model: Predictor) => () => model.predict(subject.batch.inputs);
  const ways = [
    { name: 'weights as constants', run: of(frozen) },
    { name: 'weights as variables', run: of(plain) },
  ];
  const times = await inTurns(ways, rounds);
  for (const [index, { name }] of ways.entries()) row('ResNet-50, a prediction, onnxruntime', name, times[index], '');
}

function row(subject: string, name: string, time: { readonly clock: number; readonly processor: number } | undefined, note: string): void {
  console.log(`| ${subject} | ${name} | ${time?.clock.toFixed(0)} ms | ${time?.processor.toFixed(0)} ms | ${note} |`);
}

const SUBJECTS: Readonly<Record<string, (rounds: number) => Promise<void>>> = {
  predictions: prediction,
  transformer: (rounds) => trainingStep('transformer', 256, rounds),
  'ResNet-50': (rounds) => trainingStep('ResNet-50', 2, rounds),
};

async function main([what = '', rounds = '7']: readonly string[]): Promise<void> {
  const measure = SUBJECTS[what];
  if (!measure) throw new Error(`There is no "${what}". There is: ${Object.keys(SUBJECTS).join(', ')}.`);
  console.log('| what | how | by the clock | processor time | |\n| --- | --- | --: | --: | --- |');
  await measure(Number(rounds));
  process.exit(0);
}

void main(process.argv.slice(2));
