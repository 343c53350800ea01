import { describe, expect, it } from 'vitest';
import { resnet2015 } from '../blocks/templates/resnet';
import { buildTemplate } from '../blocks/templates/template';
import { networkOf } from '../testing/networks';
import { analyze } from './analyze';
import { costsAsCsv, costsAsMarkdown } from './costText';
import { costTable, sortedCosts } from './costTable';
import { heatOf, withBlockSums } from './heat';
import { intensityOf, memoryOf } from './memory';

const analysis = analyze(buildTemplate(resnet2015, 'r', { layers: 18 }));
const rows = costTable(analysis);

describe('the table of costs', () => {
  it('has every layer once in the order of computation, and every block behind its last layer', () => {
    expect(rows.filter(({ kind }) => kind === 'layer').map(({ path }) => path)).toEqual(analysis.order);
    const blocks = rows.filter(({ kind }) => kind === 'block');
    expect(blocks.length).toBeGreaterThan(0);
    for (const { path } of blocks) {
      const at = rows.findIndex((row) => row.path === path);
      const inside = rows.flatMap((row, index) => (row.path.startsWith(`${path}/`) || row.path.startsWith(`${path}[`) ? [index] : []));
      expect(at).toBeGreaterThan(Math.max(...inside));
    }
  });

  it('sums to the totals: layers alone, and blocks with the layers that are in none', () => {
    const sum = (part: typeof rows, key: 'parameters' | 'macs') => part.reduce((total, row) => total + (row[key] ?? 0), 0);
    const top = rows.filter(({ path }) => !path.includes('/'));
    const layers = rows.filter(({ kind }) => kind === 'layer');
    for (const key of ['parameters', 'macs'] as const)
      expect([sum(top, key), sum(layers, key)]).toEqual([analysis.totals[key], analysis.totals[key]]);
  });

  it('says of blocks what is said of them one by one', () => {
    for (const row of rows) {
      expect(row.kept, row.name).toBe(memoryOf(analysis, row.path)?.kept ?? null);
      const density = intensityOf(analysis, row.path);
      expect(row.intensity, row.name).toBe(density === undefined ? null : Number(density.toPrecision(3)));
    }
  });

  it('is sorted both ways, with unknown numbers at the end', () => {
    const broken = analyze(
      networkOf({ image: ['input', { shape: [8, 8, 3] }], a: ['conv2d', { filters: 4 }], b: ['dense', { units: 2 }] }, ['image → a → b']),
    );
    const of = (direction: 'ascending' | 'descending') => sortedCosts(costTable(broken), 'parameters', direction).map(({ name }) => name);
    expect([of('descending'), of('ascending')]).toEqual([
      ['a', 'image', 'b'],
      ['image', 'a', 'b'],
    ]);
  });

  it('as text keeps commas, bars and formulas harmless', () => {
    const [first] = rows;
    if (!first) throw new Error('no rows');
    const odd = [{ ...first, name: '=1+1, "x"', layer: 'a|b' }];
    expect(costsAsCsv(odd).split('\n')[1]).toMatch(/^"'=1\+1, ""x""",a\|b,/);
    expect(costsAsMarkdown(odd).split('\n')[2]).toContain(String.raw`a\|b`);
  });
});

describe('heat', () => {
  it('compares with what stands beside it, and sums into blocks', () => {
    const figures = withBlockSums(
      new Map([
        ['a', 1],
        ['b[1]/c', 2],
        ['b[2]/c', 4],
        ['b[2]/d/e', 4],
      ]),
    );
    const heat = heatOf(figures, (figure) => `${figure} ms`);
    expect([...heat].map(([path, { share, label }]) => [path, share, label])).toEqual([
      ['a', 0.1, '1 ms'],
      ['b[1]/c', 0.5, '2 ms'],
      ['b[2]/c', 1, '4 ms'],
      ['b[2]/d/e', 1, '4 ms'],
      ['b', 1, '10 ms'],
      ['b[2]/d', 1, '4 ms'],
    ]);
  });

  it('of nothing but zeros is cold', () => {
    expect(heatOf(new Map([['a', 0]]), String).get('a')).toEqual({ share: 0, label: '0' });
  });
});
