import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from '@playwright/test';
import { summaryOf, type TraceEvent } from './traceSummary';

const CATEGORIES = [
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink',
  'cc',
  'viz',
  'v8',
  'blink.user_timing',
];
const FOLDER = 'out/traces';

/**
 * Where SKIPWIRE_TRACE is set: makes a gesture once more and keeps the browser's trace of it as out/traces/NAME.json.gz, which
 * Perfetto and chrome://tracing open, with what took the time on each thread as NAME.txt beside it.
 */
export async function withTrace(page: Page, name: string, act: () => Promise<unknown>): Promise<void> {
  if (!process.env['SKIPWIRE_TRACE']) return;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Tracing.start', { transferMode: 'ReturnAsStream', traceConfig: { includedCategories: CATEGORIES } });
  await act();
  const ended = new Promise<string>((resolve) => devtools.once('Tracing.tracingComplete', ({ stream }) => resolve(stream ?? '')));
  await devtools.send('Tracing.end');
  const text = await read(devtools, await ended);
  await devtools.detach();
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/${name}.json.gz`, gzipSync(text));
  const summary = summaryOf((JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] }).traceEvents);
  writeFileSync(`${FOLDER}/${name}.txt`, summary);
  console.error(`${FOLDER}/${name}.json.gz\n${summary}`);
}

async function read(devtools: CDPSession, handle: string): Promise<string> {
  const parts: string[] = [];
  for (let isAtEnd = false; !isAtEnd;) {
    const { data, eof } = await devtools.send('IO.read', { handle, size: 1 << 20 });
    parts.push(data);
    isAtEnd = eof;
  }
  await devtools.send('IO.close', { handle });
  return parts.join('');
}
