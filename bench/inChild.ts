import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs one of the files beside this one in a process of its own and gives the JSON of its last line. */
export function inChild<T>(file: string, ...args: readonly string[]): T {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const result = spawnSync(process.execPath, ['--import', 'tsx', path, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const line = result.stdout.trim().split('\n').at(-1) ?? '';
  if (result.status !== 0 || line === '')
    throw new Error(`${file} ${args.join(' ')} ended with ${result.status ?? result.signal}: ${result.stderr.trim().slice(-2000)}`);
  return JSON.parse(line) as T;
}
