import { freemem } from 'node:os';
import { join } from 'node:path';
import { memoryCgroups, numberIn, readText, SYSTEM, type MemoryCgroup, type SystemFolders } from './memoryCgroups';

/**
 * Bytes that this process could have: what the system would give, but no more than the limits of its control groups (a container's, a
 * batch system's) leave, and with what it has already. Caches of files count as free, in the system as in a group: the kernel
 * gives them back before it ends anybody. `os.freemem()` counts them as taken and knows no limits; `process.availableMemory()` knows
 * the innermost limit only, counts a group's caches as taken, and is not there before Node 20.13.
 */
export function freeMemory(folders: SystemFolders = SYSTEM): number {
  const limits = memoryCgroups('self', folders).flatMap((group) => leftIn(group) ?? []);
  return Math.max(0, Math.min(available(folders), ...limits)) + ownMemory(folders);
}

/** What the whole system would give. */
function available({ proc }: SystemFolders): number {
  const kilobytes = numberIn(readText(join(proc, 'meminfo')), 'MemAvailable');
  return kilobytes === undefined ? freemem() : kilobytes * 1024;
}

/** Without the files that are mapped into it, its libraries among them: they are caches. */
function ownMemory({ proc }: SystemFolders): number {
  const kilobytes = numberIn(readText(join(proc, 'self', 'status')), 'RssAnon');
  return kilobytes === undefined ? process.memoryUsage.rss() : kilobytes * 1024;
}

/** What a group's limit leaves; undefined where it has none. */
function leftIn({ version, folder }: MemoryCgroup): number | undefined {
  const read = (name: string) => readText(join(folder, name));
  // Beyond `high` nobody is ended, but everybody is slowed down to a crawl.
  const limits = (version === 2 ? ['memory.max', 'memory.high'] : ['memory.limit_in_bytes']).map((name) => bytesOf(read(name)));
  const used = bytesOf(read(version === 2 ? 'memory.current' : 'memory.usage_in_bytes'));
  if (used === undefined || limits.every((limit) => limit === undefined)) return undefined;
  const stat = read('memory.stat');
  const caches = ['inactive_file', 'active_file'].map((name) => numberIn(stat, version === 2 ? name : `total_${name}`) ?? 0);
  return Math.min(...limits.map((limit) => limit ?? Infinity)) - used + caches.reduce((sum, bytes) => sum + bytes, 0);
}

/** Undefined of `max`, which is no limit. The older version has a number for that which no machine reaches. */
function bytesOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+\s*$/.test(text) ? Number(text) : undefined;
}
