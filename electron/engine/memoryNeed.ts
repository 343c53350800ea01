import type { CompiledNetwork } from '../../shared/program/compiled';
import { estimateMemory, largestBatch, type EstimatedEngine } from '../../shared/program/memory';
import type { EngineName, MemoryNeed } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { freeMemory } from '../system/freeMemory';

/** An estimate may be a quarter too high: only what is beyond that is refused. */
const TOLERANCE = 1.25;

/** What a training step takes against what is free; what this process has already counts as free. */
export function memoryNeed(network: CompiledNetwork, batchSize: number, name?: EngineName, free = freeMemory()): MemoryNeed {
  const engine = estimatedAs(name);
  return { needed: estimateMemory(network, batchSize, engine).total, free, fittingBatch: largestBatch(network, free, engine) };
}

/** What is on a GPU may take the computer's own memory (built-in ones do), and nobody tells how much of its own it has. */
export function estimatedAs(name: EngineName | undefined): EstimatedEngine | undefined {
  return name === 'onnxruntime-gpu' ? 'onnxruntime' : name;
}

/** Throws where a training cannot fit, with the batch that would: a step that runs out of memory ends the whole process. */
export function refuseTooLarge(network: CompiledNetwork, batchSize: number, engine?: EngineName, free = freeMemory()): void {
  const { needed, fittingBatch } = memoryNeed(network, batchSize, engine, free);
  if (needed <= free * TOLERANCE) return;
  throw new RpcError(
    'E_MEMORY',
    `A training step of ${batchSize} takes about ${gigabytes(needed)} of memory; ${gigabytes(free)} are free.`,
    fittingBatch > 0 ? `A batch of ${fittingBatch} fits.` : 'Not even a batch of 1 fits: use smaller images or fewer filters.',
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
