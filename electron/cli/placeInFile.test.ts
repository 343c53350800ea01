import { describe, expect, it } from 'vitest';
import { serializeDocument } from '../../shared/document/serialize';
import { parseDocument } from '../../shared/document/parse';
import { analyze } from '../../shared/infer/analyze';
import { parameterCases } from '../../shared/testing/problems/parameters';
import { wiringCases } from '../../shared/testing/problems/wiring';
import { githubLines, sarifOf } from './checkReports';
import { placesInFile } from './placeInFile';

function fileOf(text: string) {
  const parsed = parseDocument(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { document, notices } = parsed.value;
  const loaded = { path: 'net.skip.json', name: 'net', text, document, analysis: analyze(document), notices };
  return { path: loaded.path, loaded, problems: loaded.analysis.problems };
}

/** What a region of a text holds, cut out by lines and columns as an editor counts them. */
function cut(text: string, region: NonNullable<ReturnType<ReturnType<typeof placesInFile>>>): string {
  const lines = text.split(/\r\n|\r|\n/).slice(region.startLine - 1, region.endLine);
  const last = lines.length - 1;
  lines[last] = (lines[last] as string).slice(0, region.endColumn - 1);
  lines[0] = (lines[0] as string).slice(region.startColumn - 1);
  return lines.join('\n');
}

describe('where in the file a problem is', () => {
  it.each([...wiringCases, ...parameterCases].filter(({ code }) => code !== 'block/too-large'))('$code', ({ document }) => {
    for (const written of [serializeDocument(document), `\uFEFF${serializeDocument(document).replaceAll('\n', '\r\n')}`]) {
      const { loaded, problems } = fileOf(written);
      const place = placesInFile(loaded);
      expect(problems.length).toBeGreaterThan(0);
      for (const problem of problems) {
        const region = place(problem);
        const id = problem.node.split('/').at(-1);
        if (problem.node === '') expect(region).toBeUndefined();
        else expect(region && cut(written.replace('\uFEFF', ''), region)).toMatch(new RegExp(`"id": "${id}"|"${problem.param}": `));
      }
    }
  });

  it('is the parameter at fault where the file has it, else its layer', () => {
    const bad = parameterCases.find(({ code }) => code === 'param/invalid');
    const text = bad ? serializeDocument(bad.document) : '';
    const { loaded, problems } = fileOf(text);
    const [problem] = problems;
    const region = problem && placesInFile(loaded)(problem);
    expect(region && cut(text, region)).toBe('"filters": 0');
  });
});

describe('reports', () => {
  const { document } = wiringCases[0] as (typeof wiringCases)[number];
  const file = fileOf(serializeDocument(document));

  it('have the lines of each problem, in SARIF and as annotations', () => {
    const [result] = sarifOf([file]).runs[0]?.results ?? [];
    const region = result?.locations?.[0]?.physicalLocation?.region;
    expect(region?.startLine).toBeGreaterThan(1);
    expect(githubLines([file])[0]).toContain(
      `file=net.skip.json,line=${region?.startLine},endLine=${region?.endLine},col=${region?.startColumn}`,
    );
  });

  it('let no name of a document begin another command of a workflow', () => {
    const { relu, ...others } = document.graph.nodes;
    if (!relu) throw new Error('the case has no relu');
    const hostile = { ...relu, name: 'x\n::error file=y::%0A' };
    const [line = ''] = githubLines([
      fileOf(serializeDocument({ ...document, graph: { ...document.graph, nodes: { ...others, relu: hostile } } })),
    ]);
    expect([line.includes('\n'), line.startsWith('::error ')]).toEqual([false, true]);
    expect(line).toContain('%0A::error file=y::%250A');
  });
});
