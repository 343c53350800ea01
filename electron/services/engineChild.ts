import { createClient } from '../../shared/rpc/client';
import type { Client } from '../../shared/rpc/define';
import { engineContract, type EngineContract } from '../../shared/rpc/engineContract';
import { RpcError } from '../../shared/rpc/messages';
import { whenEnded } from './engineEnd';
import type { Host } from './host';

/** What a process of the engine of its own answered, or why it did not; and what it wrote to its error stream. */
export type ChildAnswer<T> = { readonly words: string } & ({ readonly value: T } | Reason);

interface Reason {
  readonly reason: string;
}

const STOPPED = 'it was stopped';

/** How much of what a child writes is kept, in characters. */
const MOST_WORDS = 20_000;

/** Seconds in which a process that was killed ends; one that hangs in a driver may not, and is not waited for. */
const END_PATIENCE = 5;

interface Asked {
  readonly host: Host;
  readonly environment: Readonly<Record<string, string>>;
  /** How long an answer may take. */
  readonly seconds: number;
  /** Ends the process before it answers. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks an engine in a process of its own, which ends with the answer, after `seconds` without one, or of what it was asked: a
 * driver's crash takes nothing else along.
 */
export async function askChild<T>(
  { host, environment, seconds, signal }: Asked,
  ask: (client: Client<EngineContract>) => Promise<T>,
): Promise<ChildAnswer<T>> {
  if (signal?.aborted) return { reason: STOPPED, words: '' };
  const child = host.forkEngine(environment, true);
  const client = createClient(engineContract, child.pipe);
  let words = '';
  child.onStderr((text) => (words = (words + text).slice(0, MOST_WORDS)));
  const ended = new Promise<Reason>((resolve) => whenEnded(child, ({ reason }) => resolve({ reason: `its process ended: ${reason}` })));
  const stopped = new Promise<Reason>((resolve) => signal?.addEventListener('abort', () => resolve({ reason: STOPPED }), { once: true }));
  const answer = ask(client).then(
    (value) => ({ value }),
    (error: unknown) => (isClosed(error) ? ended : { reason: error instanceof Error ? error.message : String(error) }),
  );
  const first = await within(seconds, Promise.race([answer, ended, stopped]), { reason: `it gave no answer within ${seconds} s` });
  child.kill();
  // Its last words may still be on their way.
  await within(END_PATIENCE, ended, undefined);
  client.close();
  return { ...first, words };
}

/** What comes within so many seconds, or else `late`. */
async function within<T, L>(seconds: number, work: Promise<T>, late: L): Promise<T | L> {
  let limit: NodeJS.Timeout | undefined;
  const passed = new Promise<L>((resolve) => (limit = setTimeout(() => resolve(late), seconds * 1000)));
  return Promise.race([work, passed]).finally(() => clearTimeout(limit));
}

function isClosed(error: unknown): boolean {
  return error instanceof RpcError && error.code === 'E_CLOSED';
}
