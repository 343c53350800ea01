import { constants } from 'node:os';
import { saysOutOfMemory } from '../../shared/rpc/outOfMemory';
import { watchMemoryKills } from '../system/memoryKills';
import type { EngineProcess } from './host';

/** How a process ended: one of both. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

/** What else is known of a process that ended. */
export interface EndEvidence {
  /** What it wrote last to its error stream. */
  readonly lastWords: string;
  /** Whether the system ended processes for want of memory meanwhile; null where it does not tell. */
  readonly memoryKills: boolean | null;
}

/** Signals that a process gets for what it did itself. */
const CRASHES = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE']);

/** How much of what a process wrote last is searched for why it ended, in characters. */
const LAST_WORDS = 4000;

/** What to do where memory ran out. */
export const MEMORY_FIX = 'End other programs, or use a smaller batch.';

/**
 * The end that is told by the status that Chromium has of it: the raw one of POSIX's `wait`, the signal's number and 128 where a core was
 * written. Only of crashes and kills: a small number may as well be an exit code.
 */
export function endOfStatus(status: number, platform = process.platform): ProcessEnd {
  const number = status >= 128 ? status - 128 : status;
  const isSignal = (name: string) => constants.signals[name as keyof typeof constants.signals] === number;
  const signal = platform === 'win32' ? undefined : ['SIGKILL', ...CRASHES].find(isSignal);
  return signal === undefined ? { code: status, signal: null } : { code: null, signal };
}

/** Why a process ended that its owner did not end. */
export interface WhyEnded {
  /** As a part of a sentence. */
  readonly reason: string;
  readonly isOutOfMemory: boolean;
}

/** Calls the listener once when a process that has just been started has ended. */
export function whenEnded(process: Omit<EngineProcess, 'pipe'>, listener: (why: WhyEnded) => void): void {
  // Electron's have no number yet; they begin in their owner's control group.
  const memoryKills = watchMemoryKills(process.pid ?? 'self');
  let lastWords = '';
  process.onStderr((text) => (lastWords = (lastWords + text).slice(-LAST_WORDS)));
  process.onExit((end) => listener(whyEnded(end, { lastWords, memoryKills: memoryKills() })));
}

export function whyEnded({ code, signal }: ProcessEnd, { lastWords, memoryKills }: EndEvidence): WhyEnded {
  if (signal === 'SIGKILL' && memoryKills) return { reason: 'the system ran out of memory and ended it', isOutOfMemory: true };
  if (saysOutOfMemory(lastWords)) return { reason: 'it ran out of memory', isOutOfMemory: true };
  return { reason: otherReason(code, signal, memoryKills), isOutOfMemory: false };
}

function otherReason(code: number | null, signal: string | null, memoryKills: boolean | null): string {
  if (signal === 'SIGKILL') return memoryKills === null ? 'it was killed, perhaps for want of memory' : 'another program killed it';
  if (signal) return CRASHES.has(signal) ? `it crashed (${signal})` : `it was ended by ${signal}`;
  return `it left with exit code ${code}`;
}
