import { host } from './client';

const LONGEST = 20_000;
/** A mistake that comes back with each frame is not told each time. */
const MOST = 200;
let told = 0;

/** Tells the host's log what went wrong in the page. */
export function logProblem(error: unknown): void {
  told += 1;
  if (told > MOST) return;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  host.call('log.write', { level: 'error', text: text.slice(0, LONGEST) }).catch(() => undefined);
}

/** Listens for what nobody caught. */
export function followErrors(): void {
  window.addEventListener('error', ({ error, message }) => logProblem(error ?? message));
  window.addEventListener('unhandledrejection', ({ reason }) => logProblem(reason));
}

/** Tells the host's log what nobody needs to be asked about. */
export function logNote(text: string): void {
  host.call('log.write', { level: 'info', text }).catch(() => undefined);
}
