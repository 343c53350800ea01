#!/usr/bin/env node
/**
 * Interop checks: what the program exports is read by foreign programs and must give the same numbers.
 *
 * Sets up what it needs (a Python virtual environment with TensorFlow, cached per user), trains the sample network for a
 * few epochs from the terminal, exports it in each format, and has Python read the result. Prints one line a check and
 * at the end `N passed, N failed`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
/** Largest difference of probabilities that counts as the same network. */
const BAR = 1e-5;

const outcomes = { passed: 0, failed: 0 };

function check(title, body) {
  try {
    console.log(`ok    ${title}: ${body()}`);
    outcomes.passed += 1;
  } catch (error) {
    console.log(`FAIL  ${title}\n${String(error.message ?? error).trimEnd()}`);
    outcomes.failed += 1;
  }
}

/** A virtual environment with the pinned packages, made once and named by their hash. */
function python() {
  const requirements = readFileSync(join(here, 'requirements.txt'), 'utf8');
  const hash = createHash('sha256').update(requirements).digest('hex').slice(0, 12);
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'skipwire');
  const home = join(cache, `interop-${hash}`);
  const bin = join(home, 'bin', 'python');
  if (existsSync(join(home, 'complete'))) return bin;
  console.log('Setting up Python packages for the interop checks …');
  mkdirSync(cache, { recursive: true });
  rmSync(home, { recursive: true, force: true });
  run('python3', ['-m', 'venv', home]);
  run(bin, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(here, 'requirements.txt')]);
  writeFileSync(join(home, 'complete.new'), '');
  renameSync(join(home, 'complete.new'), join(home, 'complete'));
  return bin;
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  if (result.error) throw result.error;
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${result.status}\n${result.stdout}\n${result.stderr}`);
  return result.stdout;
}

function skipwire(...args) {
  return run(process.execPath, [join(root, 'scripts', 'skipwire.mjs'), ...args]);
}

function lastJson(output) {
  return JSON.parse(output.trim().split('\n').at(-1));
}

function same(report) {
  if (!(report.largestDifference <= BAR))
    throw new Error(`largest difference ${report.largestDifference} over ${report.samples} samples, above ${BAR}`);
  if (report.samples < 32) throw new Error(`only ${report.samples} samples were compared`);
  return `largest difference ${report.largestDifference.toExponential(1)} over ${report.samples} samples, read by TensorFlow ${report.version}`;
}

const work = mkdtempSync(join(tmpdir(), 'skipwire-interop-'));
try {
  const interpreter = python();
  const foreign = (script, folder) =>
    lastJson(
      execFileSync(interpreter, [join(here, script), folder], {
        encoding: 'utf8',
        env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  for (const sample of ['digits-mlp', 'digits-resnet']) {
    const document = join(root, 'assets', 'samples', `${sample}.skip.json`);
    const weights = join(work, sample);
    check(`${sample} trains from the terminal`, () => {
      skipwire('train', document, '--epochs', '3', '--seed', '1', '--out', weights);
      return '3 epochs';
    });
    check(`${sample} as SavedModel, read by Python's TensorFlow`, () => {
      const folder = join(work, `${sample}-savedmodel`);
      skipwire('export', document, '--to', 'savedmodel', '--weights', weights, '--out', folder);
      return same(foreign('savedModel.py', folder));
    });
    check(`${sample} as TensorFlow.js model, read by Python's Keras`, () => {
      const folder = join(work, `${sample}-tfjs`);
      skipwire('export', document, '--to', 'tfjs', '--weights', weights, '--out', folder);
      return same(foreign('tfjsModel.py', folder));
    });
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${outcomes.passed} passed, ${outcomes.failed} failed`);
process.exitCode = outcomes.failed === 0 ? 0 : 1;
