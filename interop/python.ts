import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root, run, say } from './checks';

/** TensorFlow with Keras 2, whose words and defaults the layers have. */
export function pythonWithTensorFlow(): string {
  return pythonWith('requirements.txt');
}

/** Keras 3 on JAX, the smallest of its backends that has gradients: 0.6 GB, where TensorFlow is 1.5 GB and PyTorch with CUDA 6.6 GB. */
export function pythonWithKeras3(): string {
  return pythonWith('requirements-keras3.txt');
}

/** A virtual environment with the packages that a list pins, made once and named by its hash. */
function pythonWith(packages: string): string {
  const list = join(root, 'interop', packages);
  const hash = createHash('sha256').update(readFileSync(list, 'utf8')).digest('hex').slice(0, 12);
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'skipwire');
  const home = join(cache, `interop-${hash}`);
  const bin = join(home, 'bin', 'python');
  if (existsSync(join(home, 'complete'))) return bin;
  say(`Setting up the Python packages of interop/${packages} …`);
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
