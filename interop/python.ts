import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root, run, say } from './checks';

/** A virtual environment with the pinned packages, made once and named by their hash. */
export function pythonWithTensorFlow(): string {
  const list = join(root, 'interop', 'requirements.txt');
  const hash = createHash('sha256').update(readFileSync(list, 'utf8')).digest('hex').slice(0, 12);
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'skipwire');
  const home = join(cache, `interop-${hash}`);
  const bin = join(home, 'bin', 'python');
  if (existsSync(join(home, 'complete'))) return bin;
  say('Setting up Python packages for the interop checks …');
  mkdirSync(cache, { recursive: true });
  rmSync(home, { recursive: true, force: true });
  run('python3', ['-m', 'venv', home]);
  run(bin, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', list]);
  writeFileSync(join(home, 'complete.new'), '');
  renameSync(join(home, 'complete.new'), join(home, 'complete'));
  return bin;
}

/** A Python that has PyTorch: Debian's own with `python3-torch`, or the one on the path. */
export function pythonWithTorch(): string {
  const found = ['/usr/bin/python3', 'python3'].find((python) => spawnSync(python, ['-c', 'import torch']).status === 0);
  if (!found) throw new Error('No Python has PyTorch. Install it with `apt-get install python3-torch`, or `pip install torch`.');
  return found;
}
