import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import pLimit from 'p-limit';
import { memoryOf, spareMemory } from './memory';
import type { FromThread, ReadingThreadData, ToThread } from './messages';
import { readBatch, type BatchToRead } from './readBatch';

/** Entry of the thread that reads batches, one after another. */
const port = parentPort as MessagePort;
const { atOnce } = workerData as ReadingThreadData;
const memory = spareMemory();
const turns = pLimit(atOnce.besides);
/** Asked for, and not answered. */
const open = new Set<number>();

port.on('message', (message: ToThread) => {
  const { id } = message;
  switch (message.kind) {
    case 'read':
      memory.give(message.spent);
      open.add(id);
      return void answer(id, message.wanted);
    case 'hurry':
      if (open.has(id)) turns.concurrency = atOnce.waitedFor;
      return;
    case 'drop':
      return void open.delete(id);
  }
});

async function answer(id: number, wanted: BatchToRead): Promise<void> {
  const inTurn = (decode: () => Promise<void>) => turns(() => (open.has(id) ? decode() : undefined));
  const taken = new Set<ArrayBuffer>();
  const take = (length: number) => {
    const piece = memory.take(length);
    taken.add(piece.buffer as ArrayBuffer);
    return piece;
  };
  try {
    const read = await readBatch(wanted, { memory: take, inTurn });
    if (!open.has(id)) return;
    const sent = memoryOf(read.batch);
    tell({ kind: 'read', id, read }, [...sent]);
    for (const piece of sent) taken.delete(piece);
  } catch (error) {
    tell({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  } finally {
    memory.give(taken);
    open.delete(id);
    turns.concurrency = atOnce.besides;
  }
}

function tell(message: FromThread, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}
