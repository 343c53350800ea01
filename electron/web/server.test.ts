import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWebServer, type WebServer } from './server';

let server: WebServer;
let folder: string;
let token: string;
const connected: unknown[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skipwire-web-'));
  await mkdir(join(folder, 'page', 'assets'), { recursive: true });
  await writeFile(join(folder, 'page', 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(folder, 'page', 'assets', 'app.js'), 'export {}');
  await writeFile(join(folder, 'secret.html'), 'secret');
  await symlink(join(folder, 'secret.html'), join(folder, 'page', 'link.html'));
  server = await startWebServer({
    folder: join(folder, 'page'),
    port: 0,
    connect: (pipe) => {
      connected.push(pipe);
      pipe.onMessage((message) => pipe.send({ echo: message }));
    },
  });
  token = new URL(server.url).searchParams.get('token') as string;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const cookie = () => `skipwire-${server.port}=${token}`;

function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port: server.port, path, method, headers: { host: `127.0.0.1:${server.port}`, ...headers } },
      (response) => {
        let body = '';
        response.on('data', (data) => (body += String(data)));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    call.on('error', reject);
    call.end();
  });
}

/** Opens a socket; gives 'open' or the status with which it was refused. */
function upgrade(headers: Record<string, string>, path = '/rpc'): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
    socket.on('error', () => undefined);
  });
}

describe('the token', () => {
  it('in the address is swapped for a cookie that scripts cannot read, and leaves the address', async () => {
    const { status, headers } = await get(`/?token=${token}`);
    expect([status, headers.location]).toEqual([303, '/']);
    expect(headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict; Path=\//);
  });

  it.each([
    ['none', {}],
    ['a wrong one', { cookie: 'skipwire=1234' }],
    ['one of another port', { cookie: 'skipwire-1=abc' }],
  ])('is needed for every route: %s is refused', async (_title, headers) => {
    for (const path of ['/', '/index.html', '/assets/app.js', '/nothing']) {
      const { status, body } = await get(path, headers);
      expect([status, body.includes('<title>')]).toEqual([401, false]);
    }
  });

  it('opens the page', async () => {
    const { status, body } = await get('/', { cookie: cookie() });
    expect([status, body]).toEqual([200, '<!doctype html><title>page</title>']);
  });
});

describe('other hosts and pages', () => {
  it.each(['evil.com', 'evil.com:80', '127.0.0.1', '127.0.0.1.nip.io', 'localhost.', 'localhost@evil', '127.0.0.1:1'])(
    'the host %s is refused without a byte of content',
    async (host) => {
      const { status, body } = await get('/', { cookie: cookie(), host });
      expect([status >= 400, body]).toEqual([true, '']);
    },
  );

  it('two hosts are refused', async () => {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nHost: evil.com\r\nCookie: ${cookie()}\r\n\r\n`),
      );
      socket.once('data', (data) => {
        resolve(String(data).split('\r\n')[0] ?? '');
        socket.destroy();
      });
    });
    expect(answer).toMatch(/ 40[03] /);
  });

  it.each(['null', 'http://evil.com', 'http://localhost.evil.com', 'http://localhost:1', 'file://'])(
    'the origin %s is refused, for pages and sockets',
    async (origin) => {
      expect((await get('/', { cookie: cookie(), origin })).status).toBe(403);
      expect(await upgrade({ cookie: cookie(), origin })).toBe('403');
    },
  );

  it('what another page of the browser asks is refused', async () => {
    expect((await get('/', { cookie: cookie(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status).toBe(403);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused: nothing is done by a request', async (method) => {
    expect((await get('/', { cookie: cookie() }, method)).status).toBe(405);
  });
});

describe('files', () => {
  it.each([
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/..%5csecret.html',
    '/assets/../../secret.html',
    '/link.html',
    '/assets',
    '//etc/passwd',
    '/%00',
  ])('%s is not one of the page', async (path) => {
    const { status, body } = await get(path, { cookie: cookie() });
    expect([status, body.includes('secret')]).toEqual([404, false]);
  });

  it('come with headers that let nothing else in', async () => {
    const { headers } = await get('/', { cookie: cookie() });
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the socket', () => {
  it('without the token, or at another place, is refused at the upgrade', async () => {
    const before = connected.length;
    expect(await upgrade({})).toBe('401');
    expect(await upgrade({ cookie: cookie() }, '/other')).toBe('404');
    expect(connected.length).toBe(before);
  });

  it('with it carries messages; a frame that is none ends it and nothing else', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers: { cookie: cookie() } });
    await new Promise((resolve) => socket.once('open', resolve));
    const answer = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse((data as Buffer).toString()))));
    socket.send('{"hello":1}');
    expect(await answer).toEqual({ echo: { hello: 1 } });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send('{{{');
    expect(await closed).toBe(1007);
    expect((await get('/', { cookie: cookie() })).status).toBe(200);
  });
});

it('listens on this machine only', () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{64}$/);
});

it('says which port is taken', async () => {
  await expect(startWebServer({ folder: join(folder, 'page'), port: server.port, connect: () => undefined })).rejects.toMatchObject({
    code: 'E_PORT',
  });
});
