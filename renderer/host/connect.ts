import { electronPipe, type Bridge } from './electronPipe';
import { useConnection, attachPipe } from './client';
import { openWebSocketPipe } from './webSocketPipe';

const FIRST_WAIT = 250;
const LONGEST_WAIT = 8_000;

let retryNow: (() => void) | null = null;

/** Connects to whichever host serves this page and, over a WebSocket, connects again whenever it is lost. Never resolves. */
export async function stayConnected(): Promise<void> {
  const bridge = (window as { skipwire?: Bridge }).skipwire;
  if (bridge) return attachPipe(electronPipe(bridge));
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      await attachPipe(await openWebSocketPipe(socketUrl(window.location)));
      wait = FIRST_WAIT;
    } catch {
      // The next attempt follows; the banner says so.
    }
    await pause(wait);
  }
}

/** Ends the wait before the next attempt. */
export function reconnectNow(): void {
  retryNow?.();
}

async function pause(milliseconds: number): Promise<void> {
  useConnection.setState({ status: 'reconnecting', retryAt: Date.now() + milliseconds });
  await new Promise<void>((resolve) => {
    retryNow = resolve;
    setTimeout(resolve, milliseconds);
  });
  retryNow = null;
  useConnection.setState({ retryAt: null });
}

function socketUrl({ protocol, host, search }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/rpc${search}`;
}
