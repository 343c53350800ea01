/** The bundles in `out/`, built again only when a source changed. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readStamp, root, run, say, writeStamp } from './shell.mjs';

const SOURCES = ['shared', 'electron', 'renderer', 'assets', 'package-lock.json', 'vite.config.ts', 'vite.node.config.ts'];
const stampFile = join(root, 'out', 'build.json');

export async function ensureBuild() {
  const sources = fingerprint();
  if (readStamp(stampFile)?.sources === sources) return;
  say('Building the app');
  await vite('vite.node.config.ts');
  await vite('vite.node.config.ts', { SKIPWIRE_BUILD: 'preload' });
  await vite('vite.config.ts');
  writeStamp(stampFile, { sources });
}

async function vite(config, env = {}) {
  const { code, output } = await run(
    process.execPath,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--config', config, '--logLevel', 'warn'],
    {
      quiet: true,
      env: { ...env, NODE_ENV: 'production' },
    },
  );
  if (code !== 0) throw new Error(`The build failed (${config}).\n${output}`);
}

/** Names, sizes and times of all sources: a few hundred `stat` calls instead of reading everything. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const source of SOURCES) visit(join(root, source), hash);
  return hash.digest('hex');
}

function visit(path, hash) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return;
  if (!stat.isDirectory()) {
    if (!/\.test\.tsx?$/.test(path)) hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    return;
  }
  for (const name of readdirSync(path).sort()) visit(join(path, name), hash);
}
