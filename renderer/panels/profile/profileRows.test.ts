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
    { path: 'stage[1]/conv', milliseconds: 4, bytes: 100 },
    { path: 'stage[0]/conv', milliseconds: 3, bytes: 300 },
    { path: null, milliseconds: 2, bytes: 50 },
    { path: 'gone', milliseconds: 1, bytes: 0 },
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
    expect(names('both', largest)).toEqual(['stage', 'stage 2/conv', 'stage 1/conv', 'gone']);
    expect(names('layers', { column: 'bytes', ascending: true })).toEqual(['gone', 'stage 2/conv', 'stage 1/conv']);
    expect(names('layers', { column: 'name', ascending: true })).toEqual(['gone', 'stage 1/conv', 'stage 2/conv']);
    expect(profileRows(profile, analysis, 'blocks', largest)[0]).toMatchObject({ milliseconds: 7, share: 0.7, bytes: 400 });
  });

  it('and what belongs to no layer are together the whole run', () => {
    const { between, whole } = profileRims(profile);
    expect(between).toMatchObject({ milliseconds: 2, share: 0.2, bytes: 50 });
    expect(whole).toEqual({ milliseconds: 10, share: 1, bytes: 450 });
    const layers = profileRows(profile, analysis, 'layers', largest);
    expect([between, ...layers].reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBe(whole.milliseconds);
  });

  it('are copied for spreadsheets and for texts', () => {
    const rows = profileRows(profile, analysis, 'blocks', largest);
    expect(profileAsCsv(rows)).toBe('name,kind,milliseconds,share,bytes\nstage,block,7,0.7,400');
    expect(profileAsMarkdown(rows).split('\n')).toEqual([
      '| name | kind | milliseconds | share | bytes |',
      '| --- | --- | --: | --: | --: |',
      '| stage | block | 7 | 0.7 | 400 |',
    ]);
  });
});
