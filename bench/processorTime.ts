import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/**
 * Milliseconds of processor time that the browsers of this process have taken so far, in all their processes and threads: what a
 * machine's other load does not change much, as it does a time by the clock. Linux only; undefined elsewhere.
 */
export function browserProcessorTime(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const rows = execFileSync('ps', ['-e', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const processes = rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] => processes.flatMap(([pid, of]) => (of === parent ? [pid, ...below(pid)] : []));
  return below(process.pid)
    .filter((pid) => /chrom|electron/.test(read(`/proc/${pid}/cmdline`)))
    .reduce((sum, pid) => sum + timeOf(pid), 0);
}

function timeOf(pid: number): number {
  return threadsOf(pid).reduce((sum, thread) => sum + Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0] ?? 0) / 1e6, 0);
}

function threadsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // It has ended in the meantime.
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
