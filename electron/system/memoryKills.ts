import { join } from 'node:path';
import { memoryCgroups, numberIn, readText, SYSTEM, type SystemFolders } from './memoryCgroups';

/**
 * Looks at how many processes the kernel's out-of-memory killer has ended, now and again when it is asked: whether it ended any
 * meanwhile of the process' control group, or of the whole system where groups do not count it; null where nothing tells.
 * @param pid Of a process that is there.
 */
export function watchMemoryKills(pid: number | 'self', folders: SystemFolders = SYSTEM): () => boolean | null {
  const [own] = memoryCgroups(pid, folders);
  const files = [
    ...(own ? [join(own.folder, own.version === 2 ? 'memory.events' : 'memory.oom_control')] : []),
    join(folders.proc, 'vmstat'),
  ];
  const before = files.map(killsIn);
  return () => {
    for (const [index, file] of files.entries()) {
      const [then, now] = [before[index], killsIn(file)];
      if (then !== undefined && now !== undefined) return now > then;
    }
    return null;
  };
}

function killsIn(file: string): number | undefined {
  return numberIn(readText(file), 'oom_kill');
}
