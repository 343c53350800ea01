import type { RunSummary } from '../../../shared/rpc/contract';
import { optimizerOf } from '../../../shared/training/optimizers/index';

const NBSP = '\u00a0';
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `97.4 %`; an unknown share is a dash. */
export function percent(share: number | null | undefined, digits = 1): string {
  return isMeasured(share) ? `${(share * 100).toFixed(digits)}${NBSP}%` : '–';
}

/** A loss with three significant digits: `2.31`, `0.0812`, `1.2e-7` as `1.20·10⁻⁷`. */
export function lossWords(loss: number | null | undefined): string {
  if (!isMeasured(loss)) return '–';
  const size = Math.abs(loss);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return powerOfTen(loss, 2);
  return size >= 100 ? loss.toFixed(1) : loss.toPrecision(3);
}

/** `4,120` */
export function grouped(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** When something was, seen from now: `just now`, `5 min ago`, `today 14:03`, `2 Mar 14:03`, `2 Mar 2025`. */
export function whenWords(time: number, now: number): string {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes}${NBSP}min ago`;
  const date = new Date(time);
  const today = new Date(now);
  const clock = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === today.toDateString()) return `today ${clock}`;
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return date.getFullYear() === today.getFullYear() ? `${day} ${clock}` : `${day} ${date.getFullYear()}`;
}

/** How a run was trained: `Adam 0.01 · b32`. */
export function optimizerWords({ request: { optimizer, batchSize } }: Pick<RunSummary, 'request'>): string {
  return `${optimizerOf(optimizer.kind).title} ${optimizer.learningRate} · b${batchSize}`;
}

/** What a run is told apart from others by: `Adam 0.01 · b32 · 5 min ago`. */
export function runTitle(summary: Pick<RunSummary, 'request' | 'startedAt'>, now: number): string {
  return `${optimizerWords(summary)} · ${whenWords(summary.startedAt, now)}`;
}

/** A tiny difference as it is read aloud: `3·10⁻⁷`; `0` where the numbers are the same. */
export function differenceWords(difference: number): string {
  if (difference === 0) return '0';
  return Math.abs(difference) >= 0.01 ? difference.toPrecision(2) : powerOfTen(difference, 0);
}

/** `12.4 KiB`, in powers of 1,024. */
export function byteWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB'];
  const power = bytes < 1024 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? grouped(value) : value.toPrecision(value < 1000 ? 3 : 4)}${NBSP}${units[power] as string}`;
}

function powerOfTen(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits).split('e') as [string, string];
  const power = Number(exponent);
  const raised = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `${mantissa}·10${power < 0 ? '⁻' : ''}${raised}`;
}

function isMeasured(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}
