import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Codes that the sources of these rooms give. */
function codesIn(...rooms: readonly string[]): ReadonlySet<string> {
  const files = rooms.flatMap((room) =>
    readdirSync(`${root}shared/${room}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.includes('.test.'))
      .map((file) => `${root}shared/${room}/${file}`),
  );
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return new Set([...text.matchAll(/'((?:shape|param|graph|block|layer|practice|training)\/[a-z-]+)'/g)].map(([, code]) => code ?? ''));
}

it('problems have their places in docs/problems.md, and every place there is of a problem', () => {
  const headings = [...readFileSync(`${root}docs/problems.md`, 'utf8').matchAll(/^### (\S+)$/gm)].map(([, code]) => code ?? '');
  expect([...codesIn('infer', 'diagnose', 'blocks')].filter((code) => !headings.includes(code))).toEqual([]);
  const all = codesIn('infer', 'diagnose', 'blocks', 'layers');
  expect(headings.filter((code) => !all.has(code) && !code.includes('<merge>'))).toEqual([]);
});
