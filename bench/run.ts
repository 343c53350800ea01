/**
 * Benchmarks against named peers in one run; each figure is a ratio. `npm run bench [name …]`; writes out/bench.json.
 * Each runs in a process of its own: none inherits another's memory, and one that dies costs only itself.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { BENCHES } from './benches';
import { printComparison, type Comparison } from './harness';
import { inChild } from './inChild';

interface Outcome {
  readonly name: string;
  readonly comparison?: Comparison;
  readonly error?: string;
}

function measured(name: string): Outcome {
  try {
    const comparison = inChild<Comparison>('one.ts', name);
    printComparison(comparison);
    return { name, comparison };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    console.log(`FAILED  ${name}: ${text}`);
    return { name, error: text };
  }
}

function main(wanted: readonly string[]): void {
  const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0) throw new Error(`There is no benchmark ${unknown.join(', ')}. There is: ${Object.keys(BENCHES).join(', ')}.`);
  const outcomes = Object.keys(BENCHES)
    .filter((name) => wanted.length === 0 || wanted.includes(name))
    .map(measured);
  const machine = { processor: cpus()[0]?.model ?? '', cores: availableParallelism(), memoryBytes: totalmem(), node: process.version };
  mkdirSync('out', { recursive: true });
  writeFileSync('out/bench.json', `${JSON.stringify({ at: new Date().toISOString(), machine, outcomes }, null, 2)}\n`);
  const met = outcomes.filter(({ comparison }) => comparison?.met).length;
  console.log(`${met} of ${outcomes.length} bars met`);
  process.exitCode = outcomes.some(({ error }) => error !== undefined) ? 1 : 0;
}

main(process.argv.slice(2));
