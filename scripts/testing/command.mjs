/** What each check gives: `{ passed, failed, skipped: [{ name, reason, isExcused }], output }`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../steps/shell.mjs';

/** What the tools write for us to read; empty at the start of every run. */
export const reports = join(root, 'out', 'reports');

export const bin = (name, file) => [process.execPath, join(root, 'node_modules', name, file)];

/** A command that is a check by itself: it ends well, or says what is wrong. */
export async function command(...parts) {
  const { code, output } = await run(parts[0], parts.slice(1), { quiet: true });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [], output: code === 0 ? '' : output };
}

/** A check that could not be run. In CI that is a failure, unless it is excused. */
export function notRun(name, reason, isExcused = false) {
  return { passed: 0, failed: 0, skipped: [{ name, reason, isExcused }], output: '' };
}

export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
