import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Whom the kernel ends where memory runs out is decided by the memory that a process has, and by this many thousandths of all memory
 * in addition. Chromium's pages have 300: the engine goes before the window, and after a program that takes half of the machine.
 */
const SCORE = 500;
const FILE = '/proc/self/oom_score_adj';

/** Has the kernel, where memory runs out, end this process rather than the window, whose documents are not all on disk. */
export function goFirstWhereMemoryRunsOut(): void {
  try {
    // Raising it needs no rights, lowering it does.
    if (Number(readFileSync(FILE, 'utf8')) < SCORE) writeFileSync(FILE, String(SCORE));
  } catch {
    // Not Linux, or a sandbox that does not let it.
  }
}
