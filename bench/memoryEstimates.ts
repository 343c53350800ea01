/** `memoryEstimates.ts [NETWORK …]`: the estimate of a step's memory beside the peak of a process that took two, as rows of a table. */
import { estimateMemory } from '../shared/program/memory';
import { inChild } from './inChild';
import { compiledMemoryNetwork, MEMORY_NETWORKS } from './memoryNetworks';

const ENGINES = ['tensorflow', 'onnxruntime'] as const;

/** Megabytes: what was estimated, in all, of that for variables, and for values. */
function estimateOf(name: string, batchSize: number, engine: (typeof ENGINES)[number]) {
  const { total, variables, values } = estimateMemory(compiledMemoryNetwork(name, batchSize), batchSize, engine);
  return { total: total / 1e6, variables: variables / 1e6, values: values / 1e6 };
}

function main(wanted: readonly string[]): void {
  console.log('| network | batch | engine | variables | values | estimate | peak | without the library | estimate / peak |');
  console.log('| --- | --: | --- | --: | --: | --: | --: | --: | --: |');
  for (const [name, { batches }] of Object.entries(MEMORY_NETWORKS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const batch of batches) {
      for (const engine of ENGINES) {
        const estimate = estimateOf(name, batch, engine);
        const { base, megabytes } = inChild<{ base: number; megabytes: number }>('peakMemory.ts', engine, name, String(batch));
        const figures = [estimate.variables, estimate.values, estimate.total, megabytes, megabytes - base].map((value) => value.toFixed(0));
        console.log(`| ${name} | ${batch} | ${engine} | ${figures.join(' | ')} | ${(estimate.total / megabytes).toFixed(2)} |`);
      }
    }
  }
}

main(process.argv.slice(2));
