import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog, linesInto } from './log';
import { forkEngineWithNode } from './nodeHost';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'skipwire-fork-'))));
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));

describe('an engine’s process', () => {
  it('has what it writes to its error stream in the log', async () => {
    const file = join(folder, 'engine.mjs');
    await writeFile(file, "process.stderr.write('TypeError: a\\nb\\n'); process.disconnect();");
    const log = createLog();
    const child = forkEngineWithNode(file);
    const ended = new Promise((resolve) => child.onExit(resolve));
    const said = new Promise<void>((resolve) => {
      const write = linesInto(log, 'engine');
      child.onStderr((text) => {
        write(text);
        if (log.read(0).length === 2) resolve();
      });
    });
    await Promise.all([ended, said]);
    expect(log.read(0).map(({ level, text }) => [level, text])).toEqual([
      ['error', 'TypeError: a'],
      ['info', 'b'],
    ]);
  });
});
