/** The packages of package-lock.json, without their install scripts. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStamp, root, run, say, writeStamp } from './shell.mjs';

const stampFile = join(root, 'node_modules', '.skipwire', 'modules.json');

export async function ensureModules() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (readStamp(stampFile)?.lock === lock) return;
  say('Installing packages (npm ci)');
  const { code } = await run('npm', ['ci', '--no-audit', '--no-fund']);
  if (code !== 0)
    throw new Error('Packages could not be installed: npm ci ended with an error. Check the network, then run the command again.');
  writeStamp(stampFile, { lock });
}
