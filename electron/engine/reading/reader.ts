import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
// Loaded here before the thread loads it: what it links to has to outlive the thread.
import 'sharp';
import { RpcError } from '../../../shared/rpc/messages';
import { threadCount } from '../threads';
import type { FromThread, ReadingThreadData, ToThread } from './messages';
import type { BatchToRead, ReadBatch } from './readBatch';

/** Reads batches of images beside the engine, one after another in the order in which they are asked for. */
export interface Reader {
  /** `spent` is the memory of batches that nobody needs any more: it is gone from here. */
  read(wanted: BatchToRead, spent: readonly ArrayBuffer[]): ComingBatch;
}

/** A batch that is being read. */
export interface ComingBatch {
  /** Waits for it, with all cores. */
  ready(): Promise<ReadBatch>;
  /** Nobody wants it any more. */
  drop(): void;
}

interface Waiting {
  resolve(read: ReadBatch): void;
  reject(error: Error): void;
}

/**
 * A reader in a thread of its own, whose file is given: a native training step blocks the engine's thread, and what prepares images
 * would take its time. The thread starts with the first batch, and keeps no process alive that waits for none.
 */
export function readerInThread(file: URL): Reader {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let last = 0;

  function running(): Worker {
    if (thread) return thread;
    const cores = availableParallelism();
    const workerData: ReadingThreadData = { atOnce: { besides: Math.max(1, cores - threadCount()), waitedFor: cores } };
    const started = new Worker(file, { workerData });
    const ended = (reason: string) => {
      if (thread !== started) return;
      thread = undefined;
      for (const { reject } of waiting.values()) reject(new RpcError('E_DATA', `Images cannot be read: ${reason}.`));
      waiting.clear();
    };
    started.on('message', (message: FromThread) => {
      const one = waiting.get(message.id);
      settled(message.id);
      if (message.kind === 'read') one?.resolve(message.read);
      else one?.reject(new Error(message.message));
    });
    started.on('error', (error) => ended(error.message));
    started.on('exit', (code) => ended(`their thread ended with code ${code}`));
    started.unref();
    return (thread = started);
  }

  function settled(id: number): void {
    waiting.delete(id);
    if (waiting.size === 0) thread?.unref();
  }

  const tell = (message: ToThread, transfer: readonly ArrayBuffer[] = []) => running().postMessage(message, transfer);

  return {
    read(wanted, spent) {
      const id = (last += 1);
      const answer = new Promise<ReadBatch>((resolve, reject) => waiting.set(id, { resolve, reject }));
      // Whoever drops it hears of no failure.
      answer.catch(() => undefined);
      tell({ kind: 'read', id, wanted, spent }, spent);
      running().ref();
      return {
        ready() {
          if (waiting.has(id)) tell({ kind: 'hurry', id });
          return answer;
        },
        drop() {
          if (!waiting.has(id)) return;
          settled(id);
          tell({ kind: 'drop', id });
        },
      };
    },
  };
}
