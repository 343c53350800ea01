import { decodeFrame, encodeFrame } from '../../shared/rpc/codec';
import type { Pipe } from '../../shared/rpc/define';

/** Opens a WebSocket to the web host; rejects where it cannot be opened. Frames that cannot be read close it. */
export function openWebSocketPipe(url: string): Promise<Pipe> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(pipeOf(socket)), { once: true });
    socket.addEventListener('close', () => reject(new Error('The host cannot be reached.')), { once: true });
  });
}

function pipeOf(socket: WebSocket): Pipe {
  return {
    send(message) {
      const frame = encodeFrame(message);
      socket.send(typeof frame === 'string' ? frame : (frame.buffer as ArrayBuffer));
    },
    onMessage(listener) {
      socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
        try {
          listener(decodeFrame(typeof data === 'string' ? data : new Uint8Array(data)));
        } catch {
          socket.close(1007);
        }
      });
    },
    onClose: (listener) => socket.addEventListener('close', () => listener(), { once: true }),
    close: () => socket.close(),
  };
}
