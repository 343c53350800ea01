import type { Pipe } from '../../shared/rpc/define';

/** What the preload script puts on the window: two functions on one channel, nothing else. */
export interface Bridge {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** The pipe of the desktop window. It lives as long as the page. */
export function electronPipe(bridge: Bridge): Pipe {
  return {
    send: (message) => bridge.send(message),
    onMessage: (listener) => bridge.onMessage(listener),
    onClose: () => undefined,
    close: () => undefined,
  };
}
