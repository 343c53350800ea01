import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where Linux tells of its processes and of control groups; others for tests. */
export interface SystemFolders {
  readonly proc: string;
  readonly cgroups: string;
}

export const SYSTEM: SystemFolders = { proc: '/proc', cgroups: '/sys/fs/cgroup' };

/** A control group that counts memory. */
export interface MemoryCgroup {
  readonly version: 1 | 2;
  readonly folder: string;
}

/**
 * The control groups that a process' memory counts in, its own first, then those around it: a limit of any of them is one. None where
 * there are no control groups. Of a container that sees its own group as the root, but not the path that it has outside, only
 * folders that are not there come before that root: what is read of them is nothing.
 * @see man 7 cgroups; kernel documentation, cgroup-v1/memory and cgroup-v2.
 */
export function memoryCgroups(pid: number | 'self', { proc, cgroups }: SystemFolders = SYSTEM): readonly MemoryCgroup[] {
  const lines = readText(join(proc, String(pid), 'cgroup'))?.split('\n') ?? [];
  const places = lines.flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    return controllers === undefined || path === undefined ? [] : [{ controllers: controllers.split(','), path }];
  });
  // Where the older version has the controller of memory, the newer one has not.
  const old = places.find(({ controllers }) => controllers.includes('memory'));
  if (old) return upwards(old.path).map((path) => ({ version: 1, folder: join(cgroups, 'memory', path) }));
  const unified = places.find(({ controllers }) => controllers.join() === '');
  return unified ? upwards(unified.path).map((path) => ({ version: 2, folder: join(cgroups, path) })) : [];
}

/** `/a/b`, `/a`, `/`. */
function upwards(path: string): readonly string[] {
  return path === '/' ? [path] : [path, ...upwards(dirname(path))];
}

/** Undefined where it is not there or may not be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The number of a line `name 123` or `name: 123 kB`; undefined where there is none. */
export function numberIn(text: string | undefined, name: string): number | undefined {
  const found = new RegExp(`^${name}:?\\s+(\\d+)`, 'm').exec(text ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}
