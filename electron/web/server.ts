import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { decodeFrame, encodeFrame, MAX_FRAME } from '../../shared/rpc/codec';
import type { Pipe } from '../../shared/rpc/define';
import { RpcError } from '../../shared/rpc/messages';
import { loadStaticFiles, securityHeaders } from '../services/staticFiles';
import { createGuard, type Guard } from './guard';

export interface WebServer {
  readonly port: number;
  /** With the token; whoever has it has everything the user has here. */
  readonly url: string;
  close(): Promise<void>;
}

export interface WebServerOptions {
  /** The built page. */
  readonly folder: string;
  /** 0 for any free one. */
  readonly port: number;
  connect(pipe: Pipe): void;
}

/** Pages that are connected at once; a user has a few, an attack many. */
const MAX_SOCKETS = 32;
/** A silent socket is asked after this time, and ended when it does not answer: idle pages stay, dead ones go. */
const PING_INTERVAL = 30_000;

/** The app on 127.0.0.1: fixed files and one WebSocket, everything behind one guard. */
export async function startWebServer({ folder, port, connect }: WebServerOptions): Promise<WebServer> {
  const files = await loadStaticFiles(folder);
  const token = randomBytes(32).toString('hex');
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 20_000, maxHeaderSize: 16 * 1024 });
  await listen(server, port);
  const actual = (server.address() as AddressInfo).port;
  const guard = createGuard(token, actual);
  server.on('request', (request, response) => answer(request, response, guard, files));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME, perMessageDeflate: false });
  server.on('upgrade', (request, socket, head) => {
    const verdict = guard.check(request);
    if (!verdict.allow) return refuse(socket, verdict.status);
    if (pathOf(request) !== '/rpc') return refuse(socket, 404);
    if (sockets.clients.size >= MAX_SOCKETS) return refuse(socket, 503);
    sockets.handleUpgrade(request, socket, head, (client) => connect(webSocketPipe(client)));
  });
  const pinging = keepAlive(sockets);
  return {
    port: actual,
    url: `http://127.0.0.1:${actual}/?token=${token}`,
    async close() {
      clearInterval(pinging);
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(new RpcError('E_PORT', `Port ${port} is taken.`, 'Use another --port, or none for any free one.'));
      else if (error.code === 'EACCES')
        reject(new RpcError('E_PORT', `Port ${port} may not be used by this user.`, 'Use a port above 1023.'));
      else reject(error);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://localhost').pathname;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
  files: Awaited<ReturnType<typeof loadStaticFiles>>,
): void {
  const headers = securityHeaders("'self'");
  const verdict = guard.check(request);
  if (!verdict.allow)
    return end(
      response,
      verdict.status,
      headers,
      verdict.status === 401 ? 'Open the address that the program printed; it holds the key to this page.' : '',
    );
  // The token leaves the address bar, the history and every Referer at once.
  if (verdict.setCookie) return end(response, 303, { ...headers, 'Set-Cookie': guard.cookie, Location: '/', 'Cache-Control': 'no-store' });
  const file = files.get(pathOf(request));
  if (!file) return end(response, 404, headers);
  response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': file.bytes.length, 'Cache-Control': 'no-cache' });
  response.end(file.bytes);
}

function end(response: ServerResponse, status: number, headers: Record<string, string>, text = ''): void {
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  response.end(text);
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function keepAlive(sockets: WebSocketServer): NodeJS.Timeout {
  const silent = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const client of sockets.clients) {
      if (silent.has(client)) client.terminate();
      silent.add(client);
      client.once('pong', () => silent.delete(client));
      client.ping();
    }
  }, PING_INTERVAL);
  timer.unref();
  return timer;
}

/** A socket as a pipe; a frame that cannot be read ends it. */
export function webSocketPipe(client: WebSocket): Pipe {
  return {
    send(message) {
      if (client.readyState === client.OPEN) client.send(encodeFrame(message));
    },
    onMessage(listener) {
      client.on('message', (data: RawData, isBinary: boolean) => {
        try {
          const bytes = toBytes(data);
          listener(decodeFrame(isBinary ? bytes : Buffer.from(bytes).toString('utf8')));
        } catch {
          client.close(1007);
        }
      });
      client.on('error', () => client.terminate());
    },
    onClose: (listener) => void client.on('close', listener),
    close: () => client.close(),
  };
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
