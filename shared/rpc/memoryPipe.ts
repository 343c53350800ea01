import type { Pipe } from './define';

/** Two ends of a pipe in one process, for tests and for a host that runs in the same process as its client. */
export function memoryPipes(): [Pipe, Pipe] {
  const messages: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []];
  const closings: (() => void)[] = [];
  let open = true;
  const end = (own: 0 | 1): Pipe => ({
    send(message) {
      // Never in the same turn: no pipe between processes does that either.
      queueMicrotaskLike(() => {
        if (open) for (const listener of messages[own === 0 ? 1 : 0]) listener(message);
      });
    },
    onMessage: (listener) => void messages[own].push(listener),
    onClose: (listener) => void closings.push(listener),
    close() {
      if (!open) return;
      open = false;
      for (const listener of closings) listener();
    },
  });
  return [end(0), end(1)];
}

function queueMicrotaskLike(body: () => void): void {
  void Promise.resolve().then(body);
}
