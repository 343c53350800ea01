import { availableParallelism } from 'node:os';
import { createClient } from '../../shared/rpc/client';
import type { Client } from '../../shared/rpc/define';
import { engineContract, THREADS, type EngineContract } from '../../shared/rpc/engineContract';
import { RpcError } from '../../shared/rpc/messages';
import { MEMORY_FIX, whenEnded, type WhyEnded } from './engineEnd';
import type { EngineProcess, Host } from './host';
import { createTensorflowGpu } from './tensorflowGpu';

/** Ends of the engine in this time count as a loop: then nothing is started again without being asked. */
const LOOP_WINDOW = 5 * 60_000;
const LOOP_CRASHES = 3;

/** Threads of libuv's pool, in which images are decoded: as many as there are cores, and no fewer than there would be. */
const POOL = 'UV_THREADPOOL_SIZE';
const USUAL_POOL = 4;

/** What there is to say of an engine that ended. */
export interface EngineEnd {
  readonly words: string;
  readonly isOutOfMemory: boolean;
}

export interface EngineOwner {
  /** The engine's client; starts the process where there is none. */
  client(): Promise<Client<EngineContract>>;
  /** Ends the process at once; whatever it computed is lost. Listeners of crashes hear `reason`. */
  kill(reason: string): void;
  /** How many threads the next process computes with; null: as many as there are cores. */
  setThreads(threads: number | null): void;
  /** Ends a process whose threads are not those that were set; only where nothing goes on in it. */
  renew(): void;
  /** What the next process finds in its environment beside the program's own. */
  environment(): Readonly<Record<string, string>>;
  /** What there is to say of TensorFlow's package for GPUs; null where it is not installed, or not tried yet. */
  tensorflowWords(): string | null;
  pid(): number | undefined;
  /** The engine ended without being asked to, or because it did not answer; the listener gets that as a sentence. */
  onCrash(listener: (end: EngineEnd) => void): void;
  /** Called with each new engine, before anyone else gets it. */
  onStart(listener: (client: Client<EngineContract>) => void): void;
  /** What any engine writes to its error stream, in chunks. */
  onStderr(listener: (text: string) => void): void;
  /** After a loop of crashes: try again all the same. */
  forgive(): void;
  close(): void;
}

interface Running {
  readonly process: EngineProcess;
  readonly client: Client<EngineContract>;
  readonly threads: number | null;
  /** Why it was ended, where its owner ended it. */
  reason?: string | undefined;
  isRenewed?: boolean;
}

/** Owns the engine's process: starts it at the first need, and again after it died. */
export function createEngineOwner(host: Host): EngineOwner {
  const crashListeners: ((end: EngineEnd) => void)[] = [];
  const stderrListeners: ((text: string) => void)[] = [];
  const startListeners: ((client: Client<EngineContract>) => void)[] = [];
  let current: Running | undefined;
  let threads: number | null = null;
  let crashes: number[] = [];
  let closing = false;

  const tensorflow = createTensorflowGpu(host);
  const environment = () => ({
    [POOL]: process.env[POOL] ?? String(Math.max(USUAL_POOL, availableParallelism())),
    ...(threads === null ? {} : { [THREADS]: String(threads) }),
    ...tensorflow.environment(),
  });

  function start(): Client<EngineContract> {
    crashes = crashes.filter((at) => Date.now() - at < LOOP_WINDOW);
    if (crashes.length >= LOOP_CRASHES) {
      throw new RpcError(
        'E_ENGINE_LOOP',
        `The engine ended unexpectedly ${crashes.length} times within five minutes and is not started again by itself.`,
        'Try another engine or a smaller batch; training again starts it once more.',
      );
    }
    const process = host.forkEngine(environment());
    let ended: (end: EngineEnd) => void = () => undefined;
    const client = telling(createClient(engineContract, process.pipe), new Promise((resolve) => (ended = resolve)));
    process.onStderr((text) => stderrListeners.forEach((listener) => listener(text)));
    const own: Running = { process, client, threads };
    current = own;
    whenEnded(process, (why) => {
      if (current === own) current = undefined;
      client.close();
      const end = endOf(own.reason, why);
      if (!closing && !own.isRenewed) {
        crashes.push(Date.now());
        for (const listener of crashListeners) listener(end);
      }
      ended(end);
    });
    for (const listener of startListeners) listener(client);
    return client;
  }

  return {
    async client() {
      await tensorflow.tried();
      if (closing) throw new RpcError('E_CLOSED', 'The program is being closed.');
      return current?.client ?? start();
    },
    tensorflowWords: tensorflow.words,
    kill(reason) {
      if (!current) return;
      current.reason = reason;
      current.process.kill();
    },
    setThreads: (count) => void (threads = count),
    renew() {
      if (!current || current.threads === threads) return;
      const old = current;
      old.isRenewed = true;
      old.reason = 'a training takes another number of threads';
      current = undefined;
      old.process.kill();
    },
    environment,
    pid: () => current?.process.pid,
    onCrash: (listener) => void crashListeners.push(listener),
    onStart: (listener) => void startListeners.push(listener),
    onStderr: (listener) => void stderrListeners.push(listener),
    forgive: () => void (crashes = []),
    close() {
      closing = true;
      current?.process.kill();
    },
  };
}

function endOf(reasonOfOwner: string | undefined, { reason, isOutOfMemory }: WhyEnded): EngineEnd {
  return reasonOfOwner === undefined
    ? { words: `The engine ended unexpectedly: ${reason}.`, isOutOfMemory }
    : { words: `The engine was ended: ${reasonOfOwner}.`, isOutOfMemory: false };
}

/** A client whose calls, where the engine ends before it answers, fail with why it did. */
function telling(client: Client<EngineContract>, ended: Promise<EngineEnd>): Client<EngineContract> {
  return {
    ...client,
    call: (name, input) =>
      client.call(name, input).catch(async (error: unknown) => {
        if (!(error instanceof RpcError && error.code === 'E_CLOSED')) throw error;
        const { words, isOutOfMemory } = await ended;
        throw new RpcError('E_ENGINE_ENDED', words, isOutOfMemory ? MEMORY_FIX : 'Try it again: it is started anew.');
      }),
  };
}
