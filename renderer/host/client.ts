import { create } from 'zustand';
import { createClient } from '../../shared/rpc/client';
import { contract, type AppInfo, type HostContract } from '../../shared/rpc/contract';
import type { Client, Pipe } from '../../shared/rpc/define';
import { RpcError } from '../../shared/rpc/messages';
import { keepWindowName, windowName } from './windowName';

export interface ConnectionState {
  /** `connecting` only before the first answer; after that a lost connection is `reconnecting`. */
  readonly status: 'connecting' | 'connected' | 'reconnecting';
  readonly info: AppInfo | null;
  /** When the next attempt is made, in milliseconds since 1970; null while one is under way. */
  readonly retryAt: number | null;
}

export const useConnection = create<ConnectionState>(() => ({ status: 'connecting', info: null, retryAt: null }));

type EventName = keyof HostContract['events'];
type Listener = (payload: never) => void;

let current: Client<HostContract> | null = null;
const listeners = new Map<EventName, Set<Listener>>();
/** Calls of the first moments wait for the first connection. */
let waiting: ((client: Client<HostContract>) => void)[] = [];

/** The host, whichever it is. Subscriptions outlive a lost connection; calls made meanwhile are refused at once. */
export const host: Client<HostContract> = {
  async call(name, input) {
    return (current ?? (await firstClient())).call(name, input);
  },
  on(name, listener) {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  },
  close() {
    current?.close();
  },
};

function firstClient(): Promise<Client<HostContract>> {
  if (useConnection.getState().status === 'reconnecting') {
    throw new RpcError('E_CLOSED', 'The connection to the host is lost.', 'It is made again by itself; then try once more.');
  }
  return new Promise((resolve) => waiting.push(resolve));
}

const eventNames = Object.keys(contract.events) as EventName[];

/** Uses a pipe that was just opened. Resolves when it closes. */
export async function attachPipe(pipe: Pipe): Promise<void> {
  const client = createClient(contract, pipe);
  const closed = new Promise<void>((resolve) => pipe.onClose(resolve));
  for (const name of eventNames) client.on(name, (payload) => listeners.get(name)?.forEach((listener) => listener(payload as never)));
  const info = await Promise.race([introduce(client), closed.then(() => null)]);
  if (!info) return;
  current = client;
  for (const resolve of waiting.splice(0)) resolve(client);
  useConnection.setState({ status: 'connected', info, retryAt: null });
  await closed;
  current = null;
}

/** Says which window this is before anything else: the host gives files to windows, not to connections. */
async function introduce(client: Client<HostContract>): Promise<AppInfo> {
  const { window } = await client.call('window.attach', { window: windowName() });
  keepWindowName(window);
  return client.call('app.info', {});
}

/** Keeps engine states that the host tells. */
host.on('engine.changed', ({ engines }) => useConnection.setState(({ info }) => ({ info: info && { ...info, engines } })));

/** For a test that has its own host, or none. */
export function forgetConnection(): void {
  current = null;
  waiting = [];
  useConnection.setState({ status: 'connecting', info: null, retryAt: null });
}
