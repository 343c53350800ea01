/** Small helpers of the set-up: say what is done, run a command, remember that a step was done. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const windows = process.platform === 'win32';

export function say(line) {
  console.log(`· ${line}`);
}

/** Where downloads are kept for all clones of one user. */
export function cacheFolder() {
  if (process.env.SKIPWIRE_CACHE) return process.env.SKIPWIRE_CACHE;
  if (windows) return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'skipwire', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'skipwire');
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'skipwire');
}

/**
 * Runs a command to its end. `quiet` keeps its output and shows it only when it fails; `limit` (ms) ends it.
 * Resolves with `{ code, output }`; a command that is not there has code 127.
 */
export function run(command, args, { cwd = root, quiet = false, limit, env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      shell: windows && command === 'npm',
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    const timer = limit && setTimeout(() => child.kill('SIGKILL'), limit);
    child.on('error', (error) => resolve({ code: error.code === 'ENOENT' ? 127 : 126, output: error.message }));
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 128, output });
    });
  });
}

/** Whether a process is there. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** What a step wrote about itself when it ended; undefined where it never did. */
export function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Written last, by rename: a step that was stopped in the middle has no stamp and is done again. */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  const aside = `${file}.${process.pid}.new`;
  writeFileSync(aside, JSON.stringify(value));
  renameSync(aside, file);
}
