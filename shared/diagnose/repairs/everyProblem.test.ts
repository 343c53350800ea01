import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../graph/applyEdits';
import { analyze } from '../../infer/analyze';
import { MISMATCH_CLASSES } from '../../layers/merge/_merge';
import { mergeCases } from '../../testing/problems/merges';
import { parameterCases } from '../../testing/problems/parameters';
import { practiceCases, trainingCases } from '../../testing/problems/practice';
import { unmended, type ProblemCase } from '../../testing/problems/problemCase';
import { shapeCases } from '../../testing/problems/shapes';
import { wiringCases } from '../../testing/problems/wiring';
import { repairsFor } from './repairs';

const cases: readonly ProblemCase[] = [...mergeCases, ...shapeCases, ...parameterCases, ...wiringCases, ...practiceCases, ...trainingCases];

/** Every code of docs/problems.md, which another test holds to the source; those of merges as each merge spells them. */
function documented(): readonly string[] {
  const text = readFileSync(new URL('../../../docs/problems.md', import.meta.url), 'utf8');
  return [...text.matchAll(/^### (\S+)$/gm)].map(([, code]) => code ?? '');
}

describe('every problem', () => {
  it('has a repair, or a reason why there is none', () => {
    const mended = new Set(cases.map(({ code }) => code));
    const ofMerges = (code: string) => ['add', 'concatenate', 'maximum'].map((merge) => code.replace('<merge>', merge));
    const open = documented().filter((code) => !(code in unmended) && !ofMerges(code).some((spelled) => mended.has(spelled)));
    expect(open).toEqual([]);
    expect(MISMATCH_CLASSES.every((name) => mended.has(`shape/subtract-${name}`))).toBe(true);
    expect(Object.keys(unmended).filter((code) => mended.has(code) || !documented().includes(code))).toEqual([]);
  });

  it.each(cases)('$code: $mendedBy', ({ code, document, mendedBy }) => {
    const analysis = analyze(document);
    const problem = analysis.problems.find((found) => found.code === code);
    if (!problem) throw new Error(`no ${code} in ${analysis.problems.map((found) => `${found.code} ${found.message}`).join(', ')}`);
    const repairs = repairsFor(document, analysis, problem);
    expect(repairs.map(({ title }) => title)).toContain(mendedBy);
    // Each applied here again: none may leave the problem, none may bring one that was not hidden below it.
    const known = new Set(analysis.problems.map(({ id }) => id));
    for (const { title, edits, reveals } of repairs) {
      const after = analyze(structuredClone(applyEdits(document, edits))).problems;
      expect(
        after.map(({ id }) => id),
        title,
      ).not.toContain(problem.id);
      expect(
        after.filter(({ id }) => !known.has(id)).map((found) => found.code),
        title,
      ).toEqual(reveals);
    }
  });
});
