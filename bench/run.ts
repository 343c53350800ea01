/** Benchmarks against named peers in one run; each figure is a ratio. `npm run bench [name …]`; writes out/bench.json. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { printComparison, type Comparison } from './harness';
import { resnet20, sample, withSamePadding } from './networks';
import { trainingStep } from './training';
import { editToFlag } from './editToFlag';
import { inference } from './inference';

const BENCHES: Readonly<Record<string, () => Promise<Comparison>>> = {
  'training-digits-resnet': () => trainingStep('digits-resnet', withSamePadding(sample('digits-resnet')), 64, 12, 3),
  'training-resnet20': () => trainingStep('ResNet-20 at CIFAR size', resnet20(), 64, 3, 3),
  'inference-resnet20': () => inference('ResNet-20 at CIFAR size', resnet20(), 1 / 1.15),
  'edit-to-flag': () => editToFlag(200),
};

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const results: Comparison[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const result = await bench();
    results.push(result);
    printComparison(result);
  }
  mkdirSync('out', { recursive: true });
  writeFileSync('out/bench.json', `${JSON.stringify(results, null, 2)}\n`);
}

void main();
