import { protocol } from 'electron';
import { securityHeaders, type StaticFile } from '../services/staticFiles';
import { ORIGIN, SCHEME } from './security';

/** Before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** `app://skipwire/…` from a table of the page's files; everything else is 404. */
export function serveScheme(files: ReadonlyMap<string, StaticFile>): void {
  protocol.handle(SCHEME, (request) => appResponse(files, request.url));
}

export function appResponse(files: ReadonlyMap<string, StaticFile>, address: string): Response {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const file = url && `${url.protocol}//${url.host}` === ORIGIN ? files.get(url.pathname) : undefined;
  const headers = securityHeaders("'self'");
  if (!file) return new Response('Not found', { status: 404, headers: { ...headers, 'Content-Type': 'text/plain' } });
  return new Response(new Uint8Array(file.bytes), { headers: { ...headers, 'Content-Type': file.type } });
}
