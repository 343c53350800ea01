import { saysOutOfMemory } from '../../shared/rpc/outOfMemory';
import type { TrainingOutcome } from './training';

/** How a training ends that an engine's allocation failed in; undefined where the error is another one. */
export function outcomeOutOfMemory(error: unknown, batchSize: number): TrainingOutcome | undefined {
  if (!saysOutOfMemory(error instanceof Error ? error.message : String(error))) return undefined;
  return {
    status: 'failed',
    message: `The memory was not enough for steps of ${batchSize}. Use a smaller batch, or end other programs.`,
    testAccuracy: null,
    test: null,
  };
}
