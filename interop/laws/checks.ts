/**
 * What random layers draw in Keras and in PyTorch: moments and distribution of a few projections of their outputs in training. Keras's are
 * kept in `shared/testing/laws/kerasLaws.json`, which tests hold both engines to; here they are made again and compared.
 */
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lawGaps, type Law } from '../../shared/testing/laws/law';
import { check, PYTHON_ENV, root, run } from '../checks';
import { pythonWithTorch } from '../python';

type Laws = Readonly<Record<string, readonly Law[]>>;

const FILE = join(root, 'shared', 'testing', 'laws', 'kerasLaws.json');

/** With `write` what Keras gives is kept instead. */
export function lawChecks(python: string, folder: string, write: boolean): void {
  const drawnIn = (peer: string, script: string) =>
    JSON.parse(run(peer, [join(root, 'interop', 'laws', script), folder, FILE], PYTHON_ENV)) as Laws;
  check('random layers in Keras follow the laws that are kept', () => {
    run(process.execPath, [createRequire(import.meta.url).resolve('tsx/cli'), join(root, 'interop', 'laws', 'cases.ts'), folder]);
    const text = run(python, [join(root, 'interop', 'laws', 'inKeras.py'), folder], PYTHON_ENV);
    if (write) writeFileSync(FILE, text);
    const [made, kept] = [JSON.parse(text) as Laws, keptLaws()];
    if (Object.keys(made).join() !== Object.keys(kept).join()) throw new Error('Other layers are kept.');
    for (const [name, laws] of Object.entries(kept)) expectTheSame(name, made[name] ?? [], laws);
    return `${Object.keys(made).length} layers, ${Object.values(made).flat().length} projections`;
  });
  check("the code of PyTorch follows Keras's laws", () => {
    const [made, kept] = [drawnIn(pythonWithTorch(), 'inTorch.py'), keptLaws()];
    for (const [name, laws] of Object.entries(made)) expectSameLaw(name, laws, kept[name] ?? []);
    return Object.keys(made).join(', ');
  });
}

function keptLaws(): Laws {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Laws;
}

/** Under one seed Keras draws the same everywhere; a sum may be rounded in another order. */
function expectTheSame(name: string, made: readonly Law[], kept: readonly Law[]): void {
  kept.forEach((law, index) => {
    const { mean = NaN, variance = NaN } = made[index] ?? {};
    const far = Math.max(Math.abs(mean - law.mean), Math.abs(variance - law.variance)) / (1 + law.variance);
    if (!(far <= 1e-4))
      throw new Error(`${name}, projection ${index}: mean ${mean} and variance ${variance}, kept are ${law.mean} and ${law.variance}.`);
  });
}

function expectSameLaw(name: string, made: readonly Law[], kept: readonly Law[]): void {
  if (made.length !== kept.length || made.length === 0) throw new Error(`${name}: ${made.length} projections, ${kept.length} are kept.`);
  kept.forEach((law, index) => {
    const gaps = lawGaps(made[index] as Law, law);
    if (!(Math.max(...Object.values(gaps)) <= 1))
      throw new Error(`${name}, projection ${index}: ${JSON.stringify(gaps)} of what chance gives.`);
  });
}
