import { describe, expect, it } from 'vitest';
import { endOfStatus, whyEnded } from './engineEnd';

const silent = { lastWords: '', memoryKills: null };

describe('why a process ended', () => {
  it('is read from what Electron tells of it, too', () => {
    const words = (status: number) => whyEnded(endOfStatus(status, 'linux'), silent).reason;
    // As real utility processes of Electron 42 told them.
    expect([9, 11, 6].map(words)).toEqual(['it was killed, perhaps for want of memory', 'it crashed (SIGSEGV)', 'it crashed (SIGABRT)']);
    expect([137, 139, 134].map(words)).toEqual([9, 11, 6].map(words));
    expect(whyEnded(endOfStatus(7, 'win32'), silent).reason).toBe('it left with exit code 7');
    expect(words(1)).toBe('it left with exit code 1');
  });

  it('is want of memory where the system says so, or the process did', () => {
    const killed = { code: null, signal: 'SIGKILL' };
    expect(whyEnded(killed, { ...silent, memoryKills: true })).toEqual({
      reason: 'the system ran out of memory and ended it',
      isOutOfMemory: true,
    });
    const crashed = { code: null, signal: 'SIGABRT' };
    expect(whyEnded(crashed, { lastWords: "what():  'std::bad_alloc'", memoryKills: false })).toEqual({
      reason: 'it ran out of memory',
      isOutOfMemory: true,
    });
  });

  it('is not want of memory where the system knows of none, or where it ended something else meanwhile', () => {
    expect(whyEnded({ code: null, signal: 'SIGKILL' }, { ...silent, memoryKills: false })).toEqual({
      reason: 'another program killed it',
      isOutOfMemory: false,
    });
    expect(whyEnded({ code: null, signal: 'SIGSEGV' }, { ...silent, memoryKills: true })).toEqual({
      reason: 'it crashed (SIGSEGV)',
      isOutOfMemory: false,
    });
  });
});
