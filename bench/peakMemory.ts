/** `peakMemory.ts ours|fit DEPTH BATCH`: takes two training steps of a ResNet and prints the process's peak memory. */
import { freshWeights } from '../electron/engine/training';
import { imageNetResnet } from '../shared/testing/knownNetworks';
import { tfjsTrainer } from './peers/tfjs';
import { subjectOf, trainer } from './subjects';

const STEPS = 2;

async function main([who, depth, batch]: readonly string[]): Promise<void> {
  const subject = subjectOf(imageNetResnet(Number(depth) as 50), Number(batch));
  const weights = freshWeights(subject.network, 1);
  const contestant = who === 'fit' ? await tfjsTrainer(subject, STEPS, weights) : await trainer('tensorflow', subject, STEPS, weights);
  await contestant.run();
  console.log(JSON.stringify({ megabytes: process.resourceUsage().maxRSS / 1000 }));
}

void main(process.argv.slice(2));
