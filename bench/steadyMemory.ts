/** `steadyMemory.ts STEPS`: trains a small network and prints the memory of the process after a tenth of the steps and after all. */
import { cifarResnet } from '../shared/testing/knownNetworks';
import { subjectOf, trainer } from './subjects';

const SAMPLES = 20;

async function main([steps]: readonly string[]): Promise<void> {
  const tenth = Math.floor(Number(steps) / 10);
  const contestant = await trainer('tensorflow', subjectOf(cifarResnet(20), 2), 1);
  const resident: number[] = [];
  for (let step = 0; step < tenth * 10; step += 1) {
    await contestant.run();
    if (step % Math.max(1, Math.floor(tenth / SAMPLES)) === 0) {
      globalThis.gc?.();
      resident.push(process.memoryUsage.rss() / 1e6);
    }
  }
  // The second tenth against the last one; the first still warms up.
  const part = Math.floor(resident.length / 10);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  console.log(JSON.stringify({ early: mean(resident.slice(part, 2 * part)), late: mean(resident.slice(-part)) }));
}

void main(process.argv.slice(2));
