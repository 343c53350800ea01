/**
 * Networks with masks in Keras: predictions, gradients, and the losses of ten steps. They are kept in
 * `shared/testing/maskedNumbers.json`, which tests are held against; here they are made again and compared.
 */
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, PYTHON_ENV, root, run } from '../checks';

interface InKeras {
  readonly prediction: readonly number[];
  readonly mask: readonly number[] | null;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, number>>;
  readonly losses: readonly number[];
  readonly metrics: Readonly<Record<string, number>>;
}

const FILE = join(root, 'shared', 'testing', 'maskedNumbers.json');
/** Of float64, and of losses in float32 on another processor. */
const [BAR, LOSS_BAR] = [1e-9, 1e-4];

/** With `write` what Keras gives is kept instead. */
export function maskChecks(python: string, folder: string, write: boolean): void {
  check('networks with masks in Keras', () => {
    const tsx = createRequire(import.meta.url).resolve('tsx/cli');
    run(process.execPath, [tsx, join(root, 'interop', 'masks', 'cases.ts'), folder]);
    const made = JSON.parse(run(python, [join(root, 'interop', 'masks', 'inKeras.py'), folder], PYTHON_ENV)) as Record<string, InKeras>;
    if (write) writeFileSync(FILE, `${JSON.stringify(made, null, 2)}\n`);
    const kept = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, InKeras>;
    if (Object.keys(made).join() !== Object.keys(kept).join()) throw new Error('Other networks are kept.');
    for (const [name, numbers] of Object.entries(made)) compare(name, numbers, kept[name] as InKeras);
    return `${Object.keys(made).length} networks as in the tests' numbers`;
  });
}

function compare(name: string, made: InKeras, kept: InKeras): void {
  const exact = (numbers: InKeras) => [...numbers.prediction, ...(numbers.mask ?? []), numbers.loss, ...Object.values(numbers.gradients)];
  near(`${name}: predictions and gradients`, exact(made), exact(kept), BAR);
  near(`${name}: losses`, made.losses, kept.losses, LOSS_BAR);
  near(`${name}: metrics`, Object.values(made.metrics), Object.values(kept.metrics), LOSS_BAR);
}

function near(what: string, made: readonly number[], kept: readonly number[], bar: number): void {
  const worst = Math.max(...made.map((value, index) => Math.abs(value - (kept[index] ?? NaN))));
  if (made.length !== kept.length || !(worst <= bar)) throw new Error(`${what} differ by ${worst} from those kept.`);
}
