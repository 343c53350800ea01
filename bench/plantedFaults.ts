import { blame } from '../shared/diagnose/blame';
import type { SkipDocument } from '../shared/document/document';
import { applyEdits } from '../shared/graph/applyEdits';
import { placeNode, suspectsOf } from '../shared/diagnose/suspects';
import { repairsFor } from '../shared/diagnose/repairs/repairs';
import { analyze } from '../shared/infer/analyze';
import { families } from '../shared/testing/families';
import { plantFault, randomOf, type Fault } from '../shared/testing/plantFault';

/**
 * `npx tsx bench/plantedFaults.ts [edits a family] [family]`: random single edits of valid networks. Among those that
 * break something, told nothing of the edit: how often does the diagnosis name the edited layer first, how often is one
 * of the first three repairs a valid network, and are all repairs proven?
 */
const edits = Number(process.argv[2] ?? 100);
const only = process.argv[3];
const verbose = process.argv.includes('--verbose');

interface Tally {
  broken: number;
  first: number;
  second: number;
  history: number;
  mended: number;
  offered: number;
  proven: number;
}
const empty = (): Tally => ({ broken: 0, first: 0, second: 0, history: 0, mended: 0, offered: 0, proven: 0 });
const byFamily = new Map<string, Tally>();
const byClass = new Map<string, Tally>();
const byEdit = new Map<string, Tally>();
function slot(table: Map<string, Tally>, key: string): Tally {
  const tally = table.get(key) ?? empty();
  table.set(key, tally);
  return tally;
}

for (const [family, build] of Object.entries(families)) {
  if (only && family !== only && !only.startsWith('--')) continue;
  const document = build();
  const clean = analyze(document);
  if (clean.problems.some(({ severity }) => severity === 'error')) throw new Error(`${family}: ${clean.problems[0]?.message ?? ''}`);
  const known = new Set(clean.problems.map(({ id }) => id));
  const random = randomOf(family.length * 7919 + 17);
  for (let count = 0; count < edits; count += 1) {
    const fault = plantFault(document, random);
    const analysis = analyze(fault.document);
    const problem = analysis.problems.find(({ severity, id }) => severity === 'error' && !known.has(id));
    if (!problem) continue;
    study(family, document, fault, problem.code, { document: fault.document, analysis, problem });
  }
}

function study(family: string, clean: SkipDocument, fault: Fault, code: string, site: Parameters<typeof suspectsOf>[0]): void {
  const suspects = suspectsOf(site)
    .slice(0, 2)
    .map(({ place }) => placeNode(place));
  const repairs = repairsFor(site.document, site.analysis, site.problem);
  const before = new Set(site.analysis.problems.map(({ id }) => id));
  const holds = repairs.map(({ edits: plan, reveals }) => {
    const after = analyze(applyEdits(site.document, plan)).problems;
    const fresh = after.filter(({ id }) => !before.has(id)).map((found) => found.code);
    return {
      proven: fresh.join() === reveals.join() && after.every(({ id }) => id !== site.problem.id),
      valid: after.every(({ severity }) => severity !== 'error'),
    };
  });
  const blamed = blame(site.problem, site.document, [clean]);
  const told = blamed ? fault.places.has(placeNode(blamed.places[0] ?? { node: '' })) : false;
  const hits = suspects.map((path) => fault.places.has(path));
  for (const tally of [slot(byFamily, family), slot(byClass, code), slot(byEdit, fault.kind)]) {
    tally.broken += 1;
    tally.first += hits[0] ? 1 : 0;
    tally.second += hits.some(Boolean) ? 1 : 0;
    tally.history += told ? 1 : 0;
    tally.mended += holds.slice(0, 3).some(({ valid }) => valid) ? 1 : 0;
    tally.offered += holds.length;
    tally.proven += holds.filter(({ proven }) => proven).length;
  }
  if (verbose && (!hits[0] || !holds.slice(0, 3).some(({ valid }) => valid)))
    console.log(
      family,
      '|',
      fault.words,
      '|',
      code,
      site.problem.path,
      '|',
      suspectsOf(site)
        .slice(0, 3)
        .map((s) => s.because)
        .join(' ; '),
      '|',
      repairs.length,
    );
}

function print(title: string, table: Map<string, Tally>): void {
  console.log(`\n${title.padEnd(34)} broken  first  first 2  history  mended  proven`);
  for (const [key, { broken, first, second, history, mended, offered, proven }] of [...table].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(0)} %`.padStart(6);
    console.log(
      `${key.padEnd(34)} ${String(broken).padStart(6)} ${share(first, broken)} ${share(second, broken)}   ${share(history, broken)}  ${share(mended, broken)}  ${share(proven, offered)}`,
    );
  }
}

const all = new Map([['all', empty()]]);
for (const tally of byFamily.values()) for (const key of Object.keys(tally) as (keyof Tally)[]) slot(all, 'all')[key] += tally[key];
print('by family', byFamily);
print('by problem', byClass);
print('by edit', byEdit);
print('together', all);
