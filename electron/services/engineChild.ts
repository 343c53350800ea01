import { createClient } from '../../shared/rpc/client';
import type { Client } from '../../shared/rpc/define';
import { engineContract, type EngineContract } from '../../shared/rpc/engineContract';
import { RpcError } from '../../shared/rpc/messages';
import type { Host } from './host';

/** What a process of the engine of its own answered, or why it did not; and what it wrote to its error stream. */
export type ChildAnswer<T> = { readonly words: string } & ({ readonly value: T } | { readonly reason: string });

/** How much of what a child writes is kept, in characters. */
const MOST_WORDS = 20_000;

/**
 * Asks an engine in a process of its own, which ends with the answer, after `seconds` without one, or of what it was asked: a
 * driver's crash takes nothing else along.
 */
export async function askChild<T>(
  host: Host,
  environment: Readonly<Record<string, string>>,
  seconds: number,
  ask: (client: Client<EngineContract>) => Promise<T>,
): Promise<ChildAnswer<T>> {
  const child = host.forkEngine(environment, true);
  const client = createClient(engineContract, child.pipe);
  let words = '';
  child.onStderr((text) => (words = (words + text).slice(0, MOST_WORDS)));
  const ended = new Promise<{ readonly reason: string }>((resolve) =>
    child.onExit((reason) => resolve({ reason: `its process ended (${reason})` })),
  );
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<{ readonly reason: string }>((resolve) => {
    limit = setTimeout(() => resolve({ reason: `it gave no answer within ${seconds} s` }), seconds * 1000);
  });
  const answer = ask(client).then(
    (value) => ({ value }),
    (error: unknown) => (isClosed(error) ? ended : { reason: error instanceof Error ? error.message : String(error) }),
  );
  const first = await Promise.race([answer, ended, late]);
  clearTimeout(limit);
  child.kill();
  // Its last words may still be on their way.
  await ended;
  client.close();
  return { ...first, words };
}

function isClosed(error: unknown): boolean {
  return error instanceof RpcError && error.code === 'E_CLOSED';
}
