/**
 * Every layer at its examples and at whatever else its parameters may be – outputs, gradients by inputs and by weights, constraints –
 * against PyTorch and Keras: the layer's own `torch` code and `keras` record, run by those engines in float64, against the float64
 * reference of our programs. Keras is two: 2.15 at every case, and 3 at what 2.15 does not have and once at each other layer.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, lastJson, PYTHON_ENV, root, run, say } from '../checks';
import { pythonWithKeras3, pythonWithTorch } from '../python';

/** What became of a case in an engine. */
type Outcome = { readonly title: string; readonly layer: string } & (
  | { readonly difference: number }
  | { readonly failed: string }
  /** The engine, or its newest version that is here, has no such layer. */
  | { readonly unsupported: string }
  | { readonly notHere: string }
);

/** How many uses are drawn of each layer, all its parameters at once. */
const DRAWN = { usually: 2, whole: 40 };

export function layerChecks(pythonWithKeras: string, folder: string, isWhole: boolean): void {
  let expected = 0;
  const byEngine: Record<string, readonly Outcome[]> = {};
  check('every layer is evaluated and differentiated at whatever its parameters may be', () => {
    const tsx = createRequire(import.meta.url).resolve('tsx/cli');
    const script = join(root, 'interop', 'layers', 'cases.ts');
    const written = lastJson(run(process.execPath, [tsx, script, folder, String(isWhole ? DRAWN.whole : DRAWN.usually)])) as {
      cases: number;
      layers: number;
    };
    expected = written.cases;
    return `${written.cases} cases of ${written.layers} layers`;
  });
  const compare = (engine: string, script: string, python: () => string, titles?: readonly string[]) =>
    check(`every layer in ${engine}`, () => {
      const only = join(folder, 'only.json');
      if (titles) writeFileSync(only, JSON.stringify(titles));
      const lines = run(python(), [join(root, 'interop', 'layers', script), folder, ...(titles ? [only] : [])], PYTHON_ENV);
      const outcomes = lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Outcome);
      byEngine[engine] = outcomes;
      return summaryOf(outcomes, titles?.length ?? expected);
    });
  compare('PyTorch', 'inTorch.py', pythonWithTorch);
  compare('Keras 2', 'inKeras.py', () => pythonWithKeras);
  compare('Keras 3', 'inKeras3.py', pythonWithKeras3, isWhole ? undefined : titlesForKeras3(byEngine['Keras 2'] ?? []));
  check('whatever has a record of Keras is computed in one of the two', () =>
    inOneOf([...(byEngine['Keras 2'] ?? []), ...(byEngine['Keras 3'] ?? [])], expected),
  );
  say(coverageTable(byEngine));
}

/** What Keras 2 does not have; and of what it has, the first case of each layer: Keras takes seconds to compile one. */
function titlesForKeras3(inKeras2: readonly Outcome[]): readonly string[] {
  const wanted = inKeras2.filter((outcome) => 'notHere' in outcome).map(({ title }) => title);
  const known = inKeras2.filter((outcome) => 'difference' in outcome);
  const firsts = new Map(known.toReversed().map(({ layer, title }) => [layer, title]));
  return [...new Set([...wanted, ...firsts.values()])];
}

function inOneOf(outcomes: readonly Outcome[], expected: number): string {
  const computed = new Set(outcomes.filter((outcome) => 'difference' in outcome || 'unsupported' in outcome).map(({ title }) => title));
  const missing = outcomes.map(({ title }) => title).filter((title) => !computed.has(title));
  if (missing.length > 0) throw new Error([...new Set(missing)].map((title) => `  ${title}`).join('\n'));
  const titles = new Set(outcomes.map(({ title }) => title));
  if (titles.size === 0 || outcomes.length < expected) throw new Error(`${outcomes.length} outcomes of ${expected} cases.`);
  return `${titles.size} uses of layers, none of them left out`;
}

/** One line about all cases; throws with what went wrong. */
function summaryOf(outcomes: readonly Outcome[], expected: number): string {
  const failed = outcomes.flatMap((outcome) => ('failed' in outcome ? [`  ${outcome.title}: ${outcome.failed.trimEnd()}`] : []));
  if (failed.length > 0) throw new Error(failed.join('\n'));
  if (outcomes.length !== expected) throw new Error(`${outcomes.length} of ${expected} cases were looked at.`);
  const differences = outcomes.flatMap((outcome) => ('difference' in outcome ? [outcome.difference] : []));
  if (differences.length * 2 < expected) throw new Error(`Only ${differences.length} of ${expected} cases could be compared.`);
  const count = (kind: 'unsupported' | 'notHere', words: string) => {
    const found = outcomes.filter((outcome) => kind in outcome).length;
    return found === 0 ? [] : [`${found} ${words}`];
  };
  const parts = [
    `${differences.length} of ${expected} examples agree`,
    ...count('unsupported', 'say that it has no such layer'),
    ...count('notHere', 'want a newer version'),
  ];
  return `${parts.join(', ')}; largest relative difference ${Math.max(...differences).toExponential(1)}`;
}

/** A row for each layer: how many of its examples agree in each engine, and where it has none, why. */
function coverageTable(byEngine: Readonly<Record<string, readonly Outcome[]>>): string {
  const engines = Object.keys(byEngine);
  const layers = [...new Set(Object.values(byEngine).flatMap((outcomes) => outcomes.map(({ layer }) => layer)))];
  const rows = layers.map((layer) => {
    const cells = engines.map((engine) => cellOf((byEngine[engine] ?? []).filter((outcome) => outcome.layer === layer)));
    return `| ${[layer, ...cells].join(' | ')} |`;
  });
  return [`| ${['layer', ...engines].join(' | ')} |`, `|${' --- |'.repeat(engines.length + 1)}`, ...rows].join('\n');
}

function cellOf(outcomes: readonly Outcome[]): string {
  const alike = outcomes.filter((outcome) => 'difference' in outcome).length;
  const reasons = outcomes.flatMap((outcome) => {
    if ('unsupported' in outcome) return [outcome.unsupported];
    return 'notHere' in outcome ? [outcome.notHere] : [];
  });
  return `${alike}/${outcomes.length}${reasons[0] === undefined ? '' : ` (${reasons[0]})`}`;
}
