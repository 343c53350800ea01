/** Random layers – windows, strides, holes, groups, paddings, data formats – with their shapes in TensorFlow and in PyTorch. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, lastJson, PYTHON_ENV, root, run } from '../checks';
import { pythonWithTorch } from '../python';

/** What a script says of all cases. */
interface Verdict {
  readonly cases: number;
  readonly agree: number;
  /** What the engine does not have. */
  readonly absent: number;
  /** Codes of what we refuse and the engine lets pass. */
  readonly stricter: Readonly<Record<string, number>>;
  readonly disagree: number;
  readonly wrong: readonly string[];
}

/** Some of them at each run; `npx tsx interop/run.ts shapes --whole` looks at all. */
const CASES = { some: 1500, whole: 20_000 };

export function shapeChecks(pythonWithKeras: string, folder: string, isWhole: boolean): void {
  const count = isWhole ? CASES.whole : CASES.some;
  const tsx = createRequire(import.meta.url).resolve('tsx/cli');
  run(process.execPath, [tsx, join(root, 'interop', 'shapes', 'cases.ts'), folder, String(count)]);
  const compare = (engine: string, script: string, python: () => string) =>
    check(`shapes of ${count} random layers in ${engine}`, () => {
      const verdict = lastJson(run(python(), [join(root, 'interop', 'shapes', script), folder], PYTHON_ENV)) as Verdict;
      return inWords(verdict, count);
    });
  compare('TensorFlow', 'inKeras.py', () => pythonWithKeras);
  compare('PyTorch', 'inTorch.py', pythonWithTorch);
}

function inWords({ cases, agree, absent, stricter, disagree, wrong }: Verdict, count: number): string {
  if (disagree > 0) throw new Error(`${disagree} of ${cases} differ:\n${wrong.join('\n')}`);
  const refused = Object.values(stricter).reduce((sum, each) => sum + each, 0);
  if (cases !== count || agree + absent + refused !== count || agree * 2 < count)
    throw new Error(`Only ${agree} of ${count} were compared.`);
  return `${agree} agree, ${absent} are not there, ${refused} are refused by us alone ${JSON.stringify(stricter)}`;
}
