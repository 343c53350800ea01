import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is refused, or what it may do. */
export type Verdict =
  { readonly allow: true; readonly setCookie: boolean } | { readonly allow: false; readonly status: 400 | 401 | 403 | 405 };

export interface Guard {
  /** Before routing, for requests and upgrades alike: one place, so that no route can be forgotten. */
  check(request: IncomingMessage): Verdict;
  readonly cookie: string;
}

/**
 * Lets in who knows the token, from a page of this server, under a name of this server.
 *
 * The Host check stops DNS rebinding, where Origin and Host agree on a foreign name; the Origin and Sec-Fetch-Site checks
 * stop other pages of the same browser; the token stops other users of the machine. The token comes once in the URL and is
 * swapped for a cookie that scripts cannot read.
 */
export function createGuard(token: string, port: number): Guard {
  const hosts = new Set([`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]);
  const cookieName = `skipwire-${port}`;

  function fromSelf(request: IncomingMessage): boolean {
    const host = request.headers.host;
    if (request.headersDistinct['host']?.length !== 1 || host === undefined || !hosts.has(host)) return false;
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${host}`) return false;
    const site = request.headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }

  return {
    cookie: `${cookieName}=${token}; HttpOnly; SameSite=Strict; Path=/`,
    check(request) {
      if (!fromSelf(request)) return { allow: false, status: 403 };
      if (request.method !== 'GET') return { allow: false, status: 405 };
      const url = URL.canParse(request.url ?? '', 'http://localhost') ? new URL(request.url ?? '', 'http://localhost') : undefined;
      if (!url) return { allow: false, status: 400 };
      if (sameText(url.searchParams.get('token'), token)) return { allow: true, setCookie: true };
      return sameText(cookieOf(request, cookieName), token) ? { allow: true, setCookie: false } : { allow: false, status: 401 };
    },
  };
}

function cookieOf(request: IncomingMessage, name: string): string | null {
  const cookies = (request.headers.cookie ?? '').split(';').map((part) => part.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/** Compares digests, in constant time, so that neither length nor a common beginning shows. */
function sameText(given: string | null, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== null && timingSafeEqual(digest(given), digest(expected));
}
