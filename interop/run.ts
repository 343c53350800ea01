/**
 * Interop checks: what the program exports is read by foreign programs and must give the same numbers.
 *
 * Sets up what it needs (a Python virtual environment with TensorFlow, cached per user), trains the sample network for a
 * few epochs from the terminal, exports it in each format, and has Python read the result; takes ten training steps of five
 * networks in PyTorch and Keras; runs every layer there; draws random layers' numbers; and computes ResNets beside reference implementations. Prints one line
 * a check and at the end `N passed, N failed`.
 *
 * Run: `npx tsx interop/run.ts`, or some parts of it: `npx tsx interop/run.ts layers` (`samples`, `rules`, `masks`, `learning`, `laws`,
 * `shapes`, `resnet`; `environments` only makes the Pythons, so that parts can run side by side). `learning --write`, `masks --write`, `laws --write`
 * keep what the peers give as the numbers that the tests are held against; `resnet --whole` looks at all depths and sizes,
 * `shapes --whole` at 20,000 layers, `layers --whole` draws forty uses of each layer instead of two.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, conclude, lastJson, PYTHON_ENV, root, run } from './checks';
import { lawChecks } from './laws/checks';
import { learningChecks } from './learning/checks';
import { layerChecks } from './layers/checks';
import { maskChecks } from './masks/checks';
import { pythonWithKeras3, pythonWithTensorFlow } from './python';
import { resnetChecks } from './resnet/checks';
import { shapeChecks } from './shapes/checks';

/** Largest difference of probabilities that counts as the same network. */
const BAR = 1e-5;

interface Parity {
  readonly samples: number;
  readonly largestDifference: number;
  readonly version: string;
}

function skipwire(...args: readonly string[]): void {
  run(process.execPath, [join(root, 'scripts', 'skipwire.mjs'), ...args]);
}

function same({ samples, largestDifference, version }: Parity): string {
  if (!(largestDifference <= BAR)) throw new Error(`largest difference ${largestDifference} over ${samples} samples, above ${BAR}`);
  if (samples < 32) throw new Error(`only ${samples} samples were compared`);
  return `largest difference ${largestDifference.toExponential(1)} over ${samples} samples, read by TensorFlow ${version}`;
}

function sampleChecks(sample: string, python: string, work: string): void {
  const foreign = (script: string, folder: string) => lastJson(run(python, [join(root, 'interop', script), folder], PYTHON_ENV)) as Parity;
  const document = join(root, 'assets', 'samples', `${sample}.skip.json`);
  const weights = join(work, sample);
  const exported = (format: string) => {
    const folder = join(work, `${sample}-${format}`);
    skipwire('export', document, '--to', format, '--weights', weights, '--out', folder);
    return folder;
  };
  check(`${sample} trains from the terminal`, () => {
    skipwire('train', document, '--epochs', '3', '--seed', '1', '--out', weights);
    return '3 epochs';
  });
  check(`${sample} as SavedModel, read by Python's TensorFlow`, () => same(foreign('savedModel.py', exported('savedmodel'))));
  check(`${sample} as TensorFlow.js model, read by Python's Keras`, () => same(foreign('tfjsModel.py', exported('tfjs'))));
}

const parts = {
  samples: (python: string, work: string) => {
    for (const sample of ['digits-mlp', 'digits-resnet']) sampleChecks(sample, python, work);
  },
  rules: (python: string) => {
    const compared = (peer: string, script: string, numbers: string, ...options: readonly string[]) =>
      run(peer, [join(root, 'interop', script), join(root, 'shared', 'testing', numbers), ...options], PYTHON_ENV).trim();
    check("the rules of optimizers, losses and metrics are Keras's", () => compared(python, 'trainingRules.py', 'kerasNumbers.json'));
    check('constraints, accumulated gradients and averages take turns as in Keras 3', () =>
      compared(pythonWithKeras3(), 'constraints/inKeras3.py', 'keras3Constraints.json', '--compare'),
    );
  },
  masks: (python: string, work: string) => maskChecks(python, work, process.argv.includes('--write')),
  learning: (python: string) => learningChecks(python, process.argv.includes('--write')),
  layers: (python: string, work: string) => layerChecks(python, work, process.argv.includes('--whole')),
  laws: (python: string, work: string) => lawChecks(python, work, process.argv.includes('--write')),
  shapes: (python: string, work: string) => shapeChecks(python, work, process.argv.includes('--whole')),
  resnet: (python: string, work: string) => resnetChecks(python, work, process.argv.includes('--whole')),
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((name) => name !== 'environments' && !(name in parts));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}: there are ${Object.keys(parts).join(', ')}.`);
const work = mkdtempSync(join(tmpdir(), 'skipwire-interop-'));
try {
  const python = pythonWithTensorFlow();
  if (wanted.includes('environments')) pythonWithKeras3();
  for (const [name, checks] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) checks(python, work);
} finally {
  rmSync(work, { recursive: true, force: true });
}
conclude();
