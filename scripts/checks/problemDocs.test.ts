import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { MISMATCH_CLASSES } from '../../shared/layers/merge/_merge';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Everything that tells problems of a network. */
const ROOMS = ['shared/infer', 'shared/diagnose', 'shared/blocks', 'shared/layers', 'electron/cli'];

function sources(): string {
  const files = ROOMS.flatMap((room) =>
    readdirSync(`${root}${room}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
      .map((file) => `${root}${room}/${file}`),
  );
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

/** Codes as they are written where they are given, and those that are put together of the name of a merge; what ends in a hyphen begins several. */
function codesIn(text: string): readonly string[] {
  const areas = new Set([...text.matchAll(/\bcode: ['`]([a-z]+)\//g)].map(([, area]) => area));
  const written = [...text.matchAll(/'(([a-z]+)\/[a-z-]*[a-z])'/g)].flatMap(([, code, area]) => (areas.has(area) ? [code as string] : []));
  const made = [...text.matchAll(/`(([a-z]+)\/(?:\$\{[^`}]*\}|[^`\s…$])+)`/g)].flatMap(([, code, area]) =>
    areas.has(area) ? spelled(code as string) : [],
  );
  return [...new Set([...written, ...made])].sort();
}

function spelled(template: string): readonly string[] {
  const code = template.replace('${what}', '<merge>');
  if (!code.includes('${classOf(')) return [code];
  return MISMATCH_CLASSES.map((name) => code.replace(/\$\{classOf\(.*\)\}/, name));
}

it('problems have their places in docs/problems.md, and every place there is of a problem', () => {
  const codes = codesIn(sources());
  const headings = [...readFileSync(`${root}docs/problems.md`, 'utf8').matchAll(/^### (\S+)$/gm)].map(([, code]) => code ?? '');
  expect(codes.length).toBeGreaterThan(60);
  // A merge's own spelling, such as a repair that asks for one class of it, has the section of all merges.
  const isMerge = (code: string) => headings.includes(code.replace(/^(shape\/)[a-z]+-/, '$1<merge>-'));
  expect(codes.filter((code) => !headings.includes(code) && !isMerge(code))).toEqual([]);
  expect(headings.filter((code) => !codes.includes(code))).toEqual([]);
  expect(headings).toEqual([...new Set(headings)]);
});
