import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { layerPages } from '../layerDocs';

const folder = new URL('../../docs/layers/', import.meta.url);

it('the pages of the layers are those of their definitions (npx tsx scripts/layerDocs.ts writes them)', () => {
  const written = new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]));
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(layerPages()));
});
