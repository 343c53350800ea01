import { describe, expect, it } from 'vitest';
import { parseDocument } from '../document/parse';
import { serializeDocument } from '../document/serialize';
import { applyEdits } from '../graph/applyEdits';
import { analyze } from '../infer/analyze';
import { reports } from '../testing/corpus';
import { formatProblem } from './format';
import { repairsFor } from './repairs/repairs';

describe('reports', () => {
  it.each(reports)('$title ($where)', ({ document, code, named, repair, first }) => {
    const analysis = analyze(document);
    const problem = analysis.problems.find(({ severity }) => severity === 'error');
    expect(problem?.code).toBe(code);
    if (!problem) return;
    const text = formatProblem(problem);
    for (const name of named) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
    const repairs = repairsFor(document, analysis, problem);
    expect(repairs[0]?.title).toBe(first);
    expect(repairs.map(({ title }) => title)).toContain(repair);
    const chosen = repairs.find(({ title }) => title === repair);
    expect(analyze(applyEdits(document, chosen?.edits ?? [])).problems).toEqual([]);
  });

  it('are documents that can be saved and opened', () => {
    for (const { document } of reports) {
      const parsed = parseDocument(serializeDocument(document));
      expect(parsed.ok && parsed.value.document.graph).toEqual(document.graph);
    }
  });
});
