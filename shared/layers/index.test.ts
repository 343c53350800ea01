import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from './define';
import { allLayers } from './index';

const folder = fileURLToPath(new URL('.', import.meta.url));

describe('the list of layers', () => {
  it('has every file of a layer, and names each file as its type', () => {
    const files = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap((group) => readdirSync(join(folder, group.name)))
      .filter((file) => file.endsWith('.ts') && !file.startsWith('_') && !file.endsWith('.test.ts'))
      .map((file) => basename(file, '.ts'));
    expect(allLayers.map(({ type }) => type).toSorted()).toEqual(files.toSorted());
  });

  it.each(CATEGORIES)('has a colour on the page for the category %s', (category) => {
    const css = readFileSync(join(folder, '../../renderer/app/kinds.css'), 'utf8');
    expect(css).toContain(`[data-kind='${category}'],\n.kind-${category} {`);
  });
});
