import * as colors from '@radix-ui/colors';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KIND_COLOURS } from './printColours';

it('pictures have the colours of the light theme', () => {
  const css = readFileSync(new URL('../../renderer/app/kinds.css', import.meta.url), 'utf8');
  for (const [kind, { ground, line }] of Object.entries(KIND_COLOURS)) {
    const scale = new RegExp(`data-kind='${kind}'\\][^}]*--kind-3: var\\(--(\\w+)-3\\)`).exec(css)?.[1] ?? '';
    const table = (colors as unknown as Record<string, Record<string, string>>)[scale] ?? {};
    expect([kind, ground, line]).toEqual([kind, table[`${scale}3`], table[`${scale}11`]]);
  }
});
