import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A control group of its own, whose memory the kernel limits, by its out-of-memory killer. */
export interface MemoryGroup {
  put(pid: number): void;
  /** Bytes that its processes have, and caches that count as theirs. */
  used(): number;
  limit(bytes: number): void;
  /** All of its processes must have ended. */
  remove(): void;
}

const FILES = {
  1: { root: '/sys/fs/cgroup/memory', limit: 'memory.limit_in_bytes', used: 'memory.usage_in_bytes' },
  2: { root: '/sys/fs/cgroup', limit: 'memory.max', used: 'memory.current' },
} as const;

/** Undefined where the system has no such groups, lets nobody make one, or would swap instead. */
export function makeMemoryGroup(): MemoryGroup | undefined {
  const { root, limit, used } = FILES[existsSync(FILES[1].root) ? 1 : 2];
  const folder = join(root, `skipwire-test-${process.pid}`);
  try {
    if (!/^SwapTotal:\s+0 kB/m.test(readFileSync('/proc/meminfo', 'utf8'))) return undefined;
    mkdirSync(folder);
  } catch {
    return undefined;
  }
  if (!existsSync(join(folder, limit))) {
    rmdirSync(folder);
    return undefined;
  }
  return {
    put: (pid) => writeFileSync(join(folder, 'cgroup.procs'), String(pid)),
    used: () => Number(readFileSync(join(folder, used), 'utf8')),
    limit: (bytes) => writeFileSync(join(folder, limit), String(bytes)),
    remove: () => rmdirSync(folder),
  };
}
