import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../shared/rpc/contract';
import { profileAsCsv, profileAsMarkdown, profileRims, profileRows } from './profileRows';

const profile: Profile = {
  engine: 'tensorflow 4.22.0',
  program: 'train',
  batchSize: 32,
  milliseconds: 10,
  alone: 12,
  rows: [
    { path: 'stage[1]/conv', milliseconds: 4, forward: 1, backward: 2, update: 1, bytes: 100 },
    { path: 'stage[0]/conv', milliseconds: 3, forward: 0.75, backward: 1.5, update: 0.75, bytes: 300 },
    { path: null, milliseconds: 2, forward: 0.5, backward: 1, update: 0.5, bytes: 50 },
    { path: 'gone', milliseconds: 1, forward: 0.25, backward: 0.5, update: 0.25, bytes: 0 },
  ],
};
const named = (name: string) => ({ name }) as never;
const analysis = {
  nodes: new Map([['stage', named('stage')]]),
  flat: {
    nodes: new Map([
      ['stage[0]/conv', named('stage 1/conv')],
      ['stage[1]/conv', named('stage 2/conv')],
    ]),
  } as never,
};
const largest = { column: 'milliseconds', ascending: false } as const;

describe('the rows of a profile', () => {
  it('are layers, blocks that sum them up, or both, in the order that is wanted', () => {
    const names = (...wanted: [Parameters<typeof profileRows>[2], Parameters<typeof profileRows>[3]]) =>
      profileRows(profile, analysis, ...wanted).map(({ name }) => name);
    expect(names('layers', largest)).toEqual(['stage 2/conv', 'stage 1/conv', 'gone']);
    expect(names('blocks', largest)).toEqual(['stage']);
    expect(names('nested', { column: 'bytes', ascending: false })).toEqual(['stage', 'stage 1/conv', 'stage 2/conv', 'gone']);
    const nested = profileRows(profile, analysis, 'nested', largest);
    expect(nested.map(({ label, depth }) => [label, depth])).toEqual([
      ['stage', 0],
      ['2/conv', 1],
      ['1/conv', 1],
      ['gone', 0],
    ]);
    expect(names('layers', { column: 'bytes', ascending: true })).toEqual(['gone', 'stage 2/conv', 'stage 1/conv']);
    expect(names('layers', { column: 'name', ascending: true })).toEqual(['gone', 'stage 1/conv', 'stage 2/conv']);
    expect(profileRows(profile, analysis, 'blocks', largest)[0]).toMatchObject({
      milliseconds: 7,
      forward: 1.75,
      backward: 3.5,
      share: 0.7,
      bytes: 400,
    });
  });

  it('and what belongs to no layer are together the whole run', () => {
    const { between, whole } = profileRims(profile);
    expect(between).toMatchObject({ milliseconds: 2, share: 0.2, bytes: 50 });
    expect(whole).toEqual({ milliseconds: 10, forward: 2.5, backward: 5, update: 2.5, share: 1, bytes: 450 });
    const layers = profileRows(profile, analysis, 'layers', largest);
    expect([between, ...layers].reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBe(whole.milliseconds);
  });

  it('are copied for spreadsheets and for texts', () => {
    const rows = profileRows(profile, analysis, 'blocks', largest);
    expect(profileAsCsv(rows)).toBe('name,kind,milliseconds,forward,backward,update,share,bytes\nstage,block,7,1.75,3.5,1.75,0.7,400');
    expect(profileAsMarkdown(rows).split('\n')).toEqual([
      '| name | kind | milliseconds | forward | backward | update | share | bytes |',
      '| --- | --- | --: | --: | --: | --: | --: | --: |',
      '| stage | block | 7 | 1.75 | 3.5 | 1.75 | 0.7 | 400 |',
    ]);
  });
});
