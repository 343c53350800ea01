import type { CallInput, CallOutput, Client, Contract, EventPayload, Pipe } from './define';
import { message, RpcError, type Message } from './messages';

interface Pending {
  resolve(output: unknown): void;
  reject(error: RpcError): void;
}

/**
 * Typed calls and subscriptions over a pipe. What comes back is parsed by the contract too: a host of another version is
 * an error, not a strange value. A closed pipe rejects all that is pending.
 */
export function createClient<C extends Contract>(contract: C, pipe: Pipe): Client<C> {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let nextId = 0;
  let closed = false;

  pipe.onMessage((raw) => {
    const parsed = message.safeParse(raw);
    if (parsed.success) receive(parsed.data);
  });
  pipe.onClose(() => {
    closed = true;
    for (const { reject } of pending.values()) reject(closedError());
    pending.clear();
  });

  function receive(received: Message): void {
    if (received.kind === 'event') {
      const schema = Object.hasOwn(contract.events, received.name) ? contract.events[received.name] : undefined;
      const payload = schema?.safeParse(received.payload);
      if (payload?.success) for (const listener of listeners.get(received.name) ?? []) listener(payload.data);
      return;
    }
    if (received.kind === 'call') return;
    const waiting = pending.get(received.id);
    pending.delete(received.id);
    if (received.kind === 'result') waiting?.resolve(received.output);
    else waiting?.reject(new RpcError(received.error.code, received.error.message, received.error.fix));
  }

  return {
    async call<K extends keyof C['calls'] & string>(name: K, input: CallInput<C, K>): Promise<CallOutput<C, K>> {
      if (closed) throw closedError();
      const id = nextId;
      nextId += 1;
      const answer = new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject }));
      pipe.send({ kind: 'call', id, name, input } satisfies Message);
      const received = await answer;
      const output = contract.calls[name]?.output.safeParse(received);
      if (!output?.success)
        throw new RpcError(
          'E_CONTRACT',
          `The answer to ${name} is not what this version expects.`,
          'Reload the window; if it stays, page and host are of different versions.',
        );
      return output.data as CallOutput<C, K>;
    },
    on<K extends keyof C['events'] & string>(name: K, listener: (payload: EventPayload<C, K>) => void): () => void {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (payload: unknown) => void);
      return () => set.delete(listener as (payload: unknown) => void);
    },
    close: () => pipe.close(),
  };
}

function closedError(): RpcError {
  return new RpcError('E_CLOSED', 'The connection was closed before the answer came.');
}
