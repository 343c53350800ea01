/** Electron's binary: a folder that is named, one that is there, or Electron's own installer. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readStamp, root, run, say, writeStamp } from './shell.mjs';

const DAY = 24 * 60 * 60 * 1000;
const stampFile = join(root, 'node_modules', '.skipwire', 'electron.json');

/** The binary, or undefined. */
export function electronBinary() {
  const named = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return [named, join(root, 'node_modules', 'electron', 'dist')]
    .filter(Boolean)
    .map((folder) => join(folder, executableName()))
    .find((file) => existsSync(file));
}

function executableName() {
  if (process.platform === 'win32') return 'electron.exe';
  return process.platform === 'darwin' ? join('Electron.app', 'Contents', 'MacOS', 'Electron') : 'electron';
}

/** Tries once a day at most: a host that cannot be reached must not cost time at every start. */
export async function ensureElectron({ retry = false } = {}) {
  if (electronBinary()) return;
  if (!retry && Date.now() - (readStamp(stampFile)?.failedAt ?? 0) < DAY) return;
  say('Fetching Electron');
  const home = dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
  const { code } = await run(process.execPath, [join(home, 'install.js')], { quiet: true, limit: 5 * 60 * 1000 });
  if (code === 0 && electronBinary()) return;
  writeStamp(stampFile, { failedAt: Date.now() });
  say(
    'Electron’s binary cannot be fetched from here; the app runs in the browser instead. (A folder that holds it may be named by ELECTRON_OVERRIDE_DIST_PATH.)',
  );
}
