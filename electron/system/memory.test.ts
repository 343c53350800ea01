import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freeMemory } from './freeMemory';
import { memoryCgroups, type SystemFolders } from './memoryCgroups';
import { watchMemoryKills } from './memoryKills';

let root: string | undefined;
afterEach(() => {
  if (root !== undefined) rmSync(root, { recursive: true, force: true });
  root = undefined;
});

/** A system whose files are these, by their paths below `proc` and `cgroups`. */
function systemWith(files: Readonly<Record<string, string>>): SystemFolders {
  root ??= mkdtempSync(join(tmpdir(), 'skipwire-system-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { proc: join(root, 'proc'), cgroups: join(root, 'cgroups') };
}

const GB = 1e9;
/** A machine with 8 GiB to give; the process has 100 MiB of its own and 300 of mapped libraries. */
const machine = {
  'proc/meminfo': 'MemTotal:       16777216 kB\nMemFree:          524288 kB\nMemAvailable:    8388608 kB\n',
  'proc/self/status': 'VmRSS:\t  409600 kB\nRssAnon:\t  102400 kB\nRssFile:\t  307200 kB\n',
};
const GIVEN = 8 * 2 ** 30;
const OWN = 100 * 2 ** 20;
const within = (limit: number, used: number, inactive: number, active: number) => ({
  max: `${limit}\n`,
  current: `${used}\n`,
  stat: `anon 5\ninactive_anon 7\ninactive_file ${inactive}\nactive_file ${active}\n`,
});

/** Files of a group of the newer version. */
function unified(path: string, { max, current, stat }: ReturnType<typeof within>) {
  return { [`cgroups/${path}/memory.max`]: max, [`cgroups/${path}/memory.current`]: current, [`cgroups/${path}/memory.stat`]: stat };
}

/** Files of a group of the older one. */
function old(path: string, { max, current, stat }: ReturnType<typeof within>) {
  return {
    [`cgroups/memory/${path}/memory.limit_in_bytes`]: max,
    [`cgroups/memory/${path}/memory.usage_in_bytes`]: current,
    // Of the group alone, which counts for less than of all below it.
    [`cgroups/memory/${path}/memory.stat`]: `inactive_file 1\nactive_file 1\n${stat.replace(/^(?=\w+_file)/gm, 'total_')}`,
  };
}

describe('free memory', () => {
  it('is what the system would give, its caches among it, and what the process has', () => {
    expect(freeMemory(systemWith(machine))).toBe(GIVEN + OWN);
  });

  it('is what Node knows where the system tells nothing', () => {
    const folders = systemWith({ 'proc/none': '' });
    expect(Math.abs(freeMemory(folders) - freemem() - process.memoryUsage.rss())).toBeLessThan(1 * GB);
  });

  it('is no more than a container of version 2 leaves, whose caches are free', () => {
    const group = { 'proc/self/cgroup': '0::/app\n', ...unified('app', within(4 * GB, 3 * GB, 1.5 * GB, 0.5 * GB)) };
    expect(freeMemory(systemWith({ ...machine, ...group }))).toBe(3 * GB + OWN);
  });

  it('is no more than a container of version 1 leaves, whose caches are free', () => {
    const cgroup = '9:pids:/\n4:cpu,memory:/app\n0::/elsewhere\n';
    const group = { 'proc/self/cgroup': cgroup, ...old('app', within(4 * GB, 3 * GB, 1.5 * GB, 0.5 * GB)) };
    expect(freeMemory(systemWith({ ...machine, ...group }))).toBe(3 * GB + OWN);
  });

  it('is limited by a group around its own, too, and by where everybody is slowed down', () => {
    const inner = unified('slice/app', { ...within(0, 1 * GB, 0, 0), max: 'max\n' });
    const outer = unified('slice', within(4 * GB, 3.5 * GB, 0, 0));
    const cgroup = { 'proc/self/cgroup': '0::/slice/app\n' };
    expect(freeMemory(systemWith({ ...machine, ...cgroup, ...inner, ...outer }))).toBe(0.5 * GB + OWN);
    expect(freeMemory(systemWith({ 'cgroups/slice/app/memory.high': '1200000000\n' }))).toBe(0.2 * GB + OWN);
  });

  it('is not limited by a group without a limit, in the words of either version', () => {
    const none = { 'proc/self/cgroup': '0::/app\n', ...unified('app', { ...within(0, 3 * GB, 0, 0), max: 'max\n' }) };
    expect(freeMemory(systemWith({ ...machine, ...none }))).toBe(GIVEN + OWN);
    const huge = { 'proc/self/cgroup': '4:memory:/app\n', ...old('app', { ...within(0, 3 * GB, 0, 0), max: '9223372036854771712\n' }) };
    expect(freeMemory(systemWith({ ...machine, ...huge }))).toBe(GIVEN + OWN);
  });

  it('in a container that sees its group as the root is what that one leaves', () => {
    const group = { 'proc/self/cgroup': '4:memory:/docker/8f2c\n', ...old('.', within(2 * GB, 1 * GB, 0, 0)) };
    expect(freeMemory(systemWith({ ...machine, ...group }))).toBe(1 * GB + OWN);
  });

  it('is what the process has where more is used than is allowed', () => {
    const group = { 'proc/self/cgroup': '0::/app\n', ...unified('app', within(1 * GB, 1.1 * GB, 0, 0)) };
    expect(freeMemory(systemWith({ ...machine, ...group }))).toBe(OWN);
  });
});

describe('a process’ control groups', () => {
  it('are its own and those around it; none where the system has none', () => {
    const folders = systemWith({ 'proc/7/cgroup': '1:name=systemd:/x\n0::/user.slice/app.scope\n' });
    expect(memoryCgroups(7, folders).map(({ folder }) => folder.slice(folders.cgroups.length))).toEqual([
      '/user.slice/app.scope',
      '/user.slice',
      '/',
    ]);
    expect(memoryCgroups(8, folders)).toEqual([]);
  });
});

describe('ends by the kernel for want of memory', () => {
  const own = { 'proc/7/cgroup': '0::/app\n', 'proc/vmstat': 'pgfault 3\noom_kill 5\n' };
  const events = (kills: number) => ({ 'cgroups/app/memory.events': `max 9\noom 4\noom_kill ${kills}\noom_group_kill 9\n` });

  it('are those of the process’ group, not those of others', () => {
    const hasKilled = watchMemoryKills(7, systemWith({ ...own, ...events(2) }));
    expect(hasKilled()).toBe(false);
    systemWith({ 'proc/vmstat': 'oom_kill 6\n' });
    expect(hasKilled()).toBe(false);
    systemWith(events(3));
    expect(hasKilled()).toBe(true);
  });

  it('are read in the words of version 1, too', () => {
    const control = (kills: number) => ({
      'cgroups/memory/app/memory.oom_control': `oom_kill_disable 0\nunder_oom 0\noom_kill ${kills}\n`,
    });
    const hasKilled = watchMemoryKills(7, systemWith({ 'proc/7/cgroup': '4:memory:/app\n', ...control(0) }));
    expect(hasKilled()).toBe(false);
    systemWith(control(1));
    expect(hasKilled()).toBe(true);
  });

  it('are the whole system’s where no group counts them, and unknown where nothing does', () => {
    const hasKilled = watchMemoryKills(7, systemWith(own));
    expect(hasKilled()).toBe(false);
    systemWith({ 'proc/vmstat': 'oom_kill 6\n' });
    expect(hasKilled()).toBe(true);
    expect(watchMemoryKills(8, { proc: '/nowhere', cgroups: '/nowhere' })()).toBeNull();
  });
});
