import { availableParallelism } from 'node:os';
import { THREADS } from '../../shared/rpc/engineContract';

/** As many as the owner said, or as the processor has cores: of two on one core the second only takes the first one's cache. */
export function threadCount(): number {
  const wanted = Number(process.env[THREADS]);
  return Number.isInteger(wanted) && wanted >= 1 ? wanted : availableParallelism();
}

/** Whether the owner said how many. */
export function threadsAreSet(): boolean {
  return process.env[THREADS] !== undefined;
}
