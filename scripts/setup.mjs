#!/usr/bin/env node
/**
 * Sets up what is missing: packages, engine, Electron, build. Every step can be stopped at any point and is done again
 * the next time; when nothing is missing it costs a fraction of a second. `--retry` tries again what failed before.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild } from './steps/build.mjs';
import { ensureElectron } from './steps/electron.mjs';
import { ensureEngine } from './steps/engine.mjs';
import { ensureModules } from './steps/modules.mjs';
import { isAlive, root, say } from './steps/shell.mjs';

const lock = join(root, '.setup.lock');

/** The packages alone: enough for what looks at sources only. */
export const setupPackages = () => locked(ensureModules);

export async function setup({ retry = false } = {}) {
  await locked(async () => {
    await ensureModules();
    await ensureEngine({ retry });
    await ensureElectron({ retry });
    await ensureBuild();
  });
}

/** Two set-ups of one clone take turns; the lock of a process that has ended is taken over. */
async function locked(body) {
  for (let waited = 0; !tryLock(); waited += 1) {
    if (waited === 0) say('Another set-up of this folder is at work; waiting for it');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    await body();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock() {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!ownerAlive()) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function ownerAlive() {
  // Between making the folder and naming its owner there is a moment without a name.
  if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 2000) return true;
  try {
    return isAlive(Number(readFileSync(join(lock, 'pid'), 'utf8')));
  } catch {
    return false;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setup({ retry: process.argv.includes('--retry') }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
