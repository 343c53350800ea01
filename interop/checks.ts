import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** Python finds what the scripts share, and TensorFlow is quiet. */
export const PYTHON_ENV = { PYTHONPATH: join(root, 'interop', 'common'), TF_CPP_MIN_LOG_LEVEL: '3' };

const outcomes = { passed: 0, failed: 0 };

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a check and prints one line of what it says, or why it failed. */
export function check(title: string, body: () => string): void {
  try {
    say(`ok    ${title}: ${body()}`);
    outcomes.passed += 1;
  } catch (error) {
    say(`FAIL  ${title}\n${(error instanceof Error ? error.message : String(error)).trimEnd()}`);
    outcomes.failed += 1;
  }
}

/** The last line, and the exit code. */
export function conclude(): void {
  say(`${outcomes.passed} passed, ${outcomes.failed} failed`);
  process.exitCode = outcomes.failed === 0 ? 0 : 1;
}

/** What a command prints; throws with what it printed where it fails. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...env } } as const;
  const result = spawnSync(command, args, options);
  if (result.error) throw result.error;
  if (result.status !== 0) {
    const said = `${result.stdout}\n${result.stderr}`.slice(-4000);
    throw new Error(`${command} ${args.join(' ')} ended with ${String(result.status)}\n${said}`);
  }
  return result.stdout;
}

export function lastJson(output: string): unknown {
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}
