import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the page, ready to be served. */
export interface StaticFile {
  readonly bytes: Buffer;
  readonly type: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * The page's files by URL path, all read at the start: a request is looked up in this table and reaches no file system, so
 * no path can lead anywhere else.
 */
export async function loadStaticFiles(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  await addFiles(files, folder, '');
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}

/** Folder by folder: Electron's archives know no recursive listing. */
async function addFiles(files: Map<string, StaticFile>, folder: string, path: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (entry.isDirectory()) await addFiles(files, join(folder, entry.name), `${path}/${entry.name}`);
    else if (entry.isFile() && type) files.set(`${path}/${entry.name}`, { bytes: await readFile(join(folder, entry.name)), type });
  }
}

/** What a page of ours may do: its own scripts only, no inline ones; no frame may hold it. `connect` adds the web host's socket. */
export function securityHeaders(connect: string): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `connect-src ${connect}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
  };
}
