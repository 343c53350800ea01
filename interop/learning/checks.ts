/**
 * Ten training steps of five networks in PyTorch and Keras, from the first weights and the batch that our own engines have. What they lose
 * is kept in `shared/testing/tenSteps.json`, which the engines' tests are held against; here it is made again and compared.
 */
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, PYTHON_ENV, root, run } from '../checks';
import { pythonWithTorch } from '../python';

interface Trained {
  readonly name: string;
  readonly version: string;
  readonly losses: readonly number[];
}
/** By network and peer. */
type Kept = Record<string, Record<string, readonly number[]>>;

const FILE = join(root, 'shared', 'testing', 'tenSteps.json');
/** Relative, at each step: Keras's kernels round differently on another processor. */
const BAR = 1e-3;

/** Compares the peers' losses with those that are kept; with `write` keeps them instead. */
export function learningChecks(pythonWithKeras: string, write: boolean): void {
  const folder = mkdtempSync(join(tmpdir(), 'skipwire-learning-'));
  const tsx = createRequire(import.meta.url).resolve('tsx/cli');
  const made: Kept = {};
  try {
    run(process.execPath, [tsx, join(root, 'interop', 'learning', 'cases.ts'), folder]);
    const peer = (name: string, script: string, python: () => string) =>
      check(`ten steps in ${name}`, () => {
        const lines = run(python(), [join(root, 'interop', 'learning', script), folder], PYTHON_ENV)
          .trim()
          .split('\n');
        const trained = lines.map((line) => JSON.parse(line) as Trained);
        for (const { name: network, losses } of trained) made[network] = { ...made[network], [name]: losses };
        return write ? `${trained.length} networks written` : compared(name, trained);
      });
    peer('PyTorch', 'inTorch.py', pythonWithTorch);
    peer('Keras', 'inKeras.py', () => pythonWithKeras);
    // What both peers say is kept, or nothing: half of it would be a check that always holds.
    const isWhole = Object.keys(made).length > 0 && Object.values(made).every((peers) => peers['PyTorch'] && peers['Keras']);
    if (write && isWhole) writeFileSync(FILE, `${JSON.stringify(made, null, 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compared(peer: string, trained: readonly Trained[]): string {
  const kept = JSON.parse(readFileSync(FILE, 'utf8')) as Kept;
  if (trained.length !== Object.keys(kept).length)
    throw new Error(`${trained.length} of ${Object.keys(kept).length} networks were trained.`);
  const differences = trained.map(({ name, losses }) => {
    const expected = kept[name]?.[peer] ?? [];
    const worst = Math.max(...losses.map((loss, step) => Math.abs(loss / (expected[step] ?? NaN) - 1)));
    if (!(worst <= BAR)) throw new Error(`${name}: the losses ${losses.join(', ')} are not those kept, ${expected.join(', ')}.`);
    return worst;
  });
  const largest = Math.max(...differences).toExponential(1);
  return `${trained.length} networks lose what the tests are held against, largest difference ${largest}; ${trained[0]?.version}`;
}
