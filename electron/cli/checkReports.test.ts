import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serializeDocument } from '../../shared/document/serialize';
import type { SkipDocument } from '../../shared/document/document';
import { analyze } from '../../shared/infer/analyze';
import { reports } from '../../shared/testing/corpus';
import { mergeCases } from '../../shared/testing/problems/merges';
import { parameterCases } from '../../shared/testing/problems/parameters';
import { practiceCases } from '../../shared/testing/problems/practice';
import { shapeCases } from '../../shared/testing/problems/shapes';
import { wiringCases } from '../../shared/testing/problems/wiring';
import { mendFile } from './checkFix';
import { checkFile, type CheckedFile, type Terms } from './checkFile';
import { jsonOf } from './checkJson';
import { githubLines, sarifOf } from './checkReports';

const schemaAt = (path: string) => JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8')) as object;
const checkSchema = schemaAt('../../docs/check.schema.json');
const sarifSchema = schemaAt('testing/sarif-schema-2.1.0.json');
const cases = [...reports, ...mergeCases, ...parameterCases, ...practiceCases, ...shapeCases, ...wiringCases];
const noTerms: Terms = { parameters: undefined, macs: undefined, input: undefined };

function checked(document: SkipDocument, path = 'net.skip.json'): CheckedFile {
  const analysis = analyze(document);
  const loaded = { path, name: 'net', text: serializeDocument(document), document, analysis, notices: ['A notice.'] };
  return { path, loaded, problems: analysis.problems };
}

const unread: CheckedFile = { path: 'gone.skip.json', problems: [], failure: { code: 'E_GONE', message: 'Gone.', fix: 'Look.' } };

/** As a reader of the output gets it. */
function written(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function complaints(validate: ValidateFunction, value: unknown): readonly string[] {
  validate(written(value));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

describe('SARIF', () => {
  // One pattern of the schema is no regular expression with the flag u.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(sarifSchema);

  it('is valid by the schema of OASIS, whatever the problem', () => {
    for (const { code, document } of cases) expect([code, complaints(validate, sarifOf([checked(document)]))]).toEqual([code, []]);
  });

  it('is valid for files of any name, several, none, and those that were not read', () => {
    const [{ document }] = cases as [(typeof cases)[number]];
    const names = ['a b/ü#1?.skip.json', 'C:\\nets\\a.skip.json', '/abs/100%/n.skip.json', '-', '[x]{y}^`|.json'];
    const files = [...names.map((name) => checked(document, name)), unread];
    expect(complaints(validate, sarifOf(files))).toEqual([]);
    expect(complaints(validate, sarifOf([]))).toEqual([]);
  });

  it('is held to something: a result without a message is refused', () => {
    const [run] = sarifOf([checked((cases[0] as (typeof cases)[number]).document)]).runs;
    const results = run?.results?.map(({ message: _, ...result }) => result);
    expect(complaints(validate, { version: '2.1.0', runs: [{ ...run, results }] })).not.toEqual([]);
  });
});

describe('JSON', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const validate = ajv.compile(checkSchema);
  // As published, fields may be added; held against itself, every field must be in it.
  const strict = ajv.compile(closed(checkSchema) as object);
  let folder = '';
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'skipwire-'))));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([...reports, ...mergeCases, ...wiringCases])('is what its schema says and nothing else: $code', ({ document }) => {
    const json = jsonOf([checked(document)]);
    expect([complaints(validate, json), complaints(strict, json)]).toEqual([[], []]);
  });

  it('is so of several files, of one that was not read, and of what is switched off', () => {
    const [{ document }] = practiceCases as [(typeof practiceCases)[number]];
    const code = analyze(document).problems[0]?.code ?? '';
    const quiet = checked({ ...document, checks: { off: [{ code, reason: 'It is meant so.' }] } });
    expect(quiet.loaded?.analysis.switchedOff.length).toBeGreaterThan(0);
    for (const json of [jsonOf([unread]), jsonOf([quiet]), jsonOf([checked(document), quiet, unread])])
      expect([complaints(validate, json), complaints(strict, json)]).toEqual([[], []]);
  });

  it('is so of what --fix mends, and of a file that is not there', async () => {
    for (const [index, { document }] of reports.entries()) {
      const file = join(folder, `${index}.skip.json`);
      await writeFile(file, serializeDocument(document));
      const mended = await mendFile(file, { fixDryRun: true });
      expect([complaints(validate, mended), complaints(strict, mended)]).toEqual([[], []]);
    }
    const gone = await checkFile(join(folder, 'gone.skip.json'), noTerms);
    expect(complaints(strict, jsonOf([gone]))).toEqual([]);
  });

  it('is held to something: a repair without its cost is refused, and so is a field that the schema does not know', () => {
    expect(complaints(strict, { ...jsonOf([unread]), more: 1 })).not.toEqual([]);
    const json = written(jsonOf([checked((reports[0] as (typeof reports)[number]).document)])) as { problems: { repairs: object[] }[] };
    Object.assign(json.problems[0]?.repairs[0] ?? {}, { cost: undefined });
    expect(complaints(validate, json)).not.toEqual([]);
  });
});

/** The same schema without room for more fields; a problem is closed where it is one with its repairs, edits are the document's own. */
function closed(schema: unknown, name = ''): unknown {
  if (Array.isArray(schema)) return schema.map((each) => closed(each));
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, key === 'edits' ? value : closed(value, key)]));
  const isClosed = 'properties' in schema && 'type' in schema && schema.type === 'object' && name !== 'problem';
  return isClosed ? { ...inside, unevaluatedProperties: false } : inside;
}

describe('annotations of GitHub', () => {
  /** As a runner reads a command: `::name key=value,…::message`, with what was escaped put back. */
  function read(line: string): Record<string, string> {
    const [, level = '', list = '', message = ''] = /^::(error|warning) (.*?)::(.*)$/s.exec(line) ?? [];
    const back = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
    const property = (text: string) => back(text.replaceAll('%3A', ':').replaceAll('%2C', ',')).replaceAll('%25', '%');
    const properties = list.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), property(pair.slice(pair.indexOf('=') + 1))]);
    return { ...(Object.fromEntries(properties) as Record<string, string>), level, message: back(message).replaceAll('%25', '%') };
  }

  it('are read by a runner as they were meant, whatever names and paths hold', () => {
    const path = 'a,b: 50%\r\n::error::c%0A%3A.skip.json';
    const [{ document }] = reports as [(typeof reports)[number]];
    const conv = document.graph.nodes['conv'];
    if (!conv) throw new Error('the report has no conv');
    const hostile = { ...conv, name: 'x::y,z=1%25\n::stop-commands::t' };
    const file = checked({ ...document, graph: { ...document.graph, nodes: { ...document.graph.nodes, conv: hostile } } }, path);
    const lines = githubLines([file, { ...unread, path }]);
    expect(lines.map((line) => /[\r\n]/.test(line))).toEqual(lines.map(() => false));
    const [problem] = file.problems;
    expect(read(lines[0] ?? '')).toMatchObject({ level: 'error', file: path, title: problem?.code, message: problem?.message });
    expect(read(lines.at(-1) ?? '')).toMatchObject({ level: 'error', file: path, title: 'E_GONE', message: 'Gone.' });
  });
});
