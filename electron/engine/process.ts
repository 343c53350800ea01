import { serve } from '../../shared/rpc/serve';
import type { Emit, Pipe } from '../../shared/rpc/define';
import { engineContract, type EngineContract } from '../../shared/rpc/engineContract';
import { goFirstWhereMemoryRunsOut } from './oomScore';
import { engineHandlers } from './service';

/** Entry of the engine's process: forked by Electron's utilityProcess or by Node's child_process. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** A pipe that tells when all that was sent has left this process. */
interface OwnerPipe extends Pipe {
  sent(): Promise<void>;
}

function pipeToOwner(): OwnerPipe {
  const port = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
      onClose: () => undefined,
      close: () => process.exit(0),
      // Chromium sends from a thread of its own.
      sent: () => Promise.resolve(),
    };
  }
  let last = Promise.resolve();
  return {
    // What the socket does not take at once is written by the event loop, which a native step keeps from turning.
    send: (message) => void (last = new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()))),
    sent: () => last,
    onMessage: (listener) => void process.on('message', listener),
    // An engine without its owner is nobody's: it must not go on computing.
    onClose: (listener) => void process.on('disconnect', listener),
    close: () => process.exit(0),
  };
}

// Ctrl+C in a terminal reaches every process of its group. What it means is the owner's to say: it may want what was computed so far.
process.on('SIGINT', () => undefined);

goFirstWhereMemoryRunsOut();

const pipe = pipeToOwner();
pipe.onClose(() => process.exit(0));
const emit: Emit<EngineContract> = serve(
  engineContract,
  pipe,
  engineHandlers({
    emit: (name, payload) => emit(name, payload),
    sent: pipe.sent,
    readingThread: new URL('reading.js', import.meta.url),
  }),
);
