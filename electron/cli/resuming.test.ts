import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { RunSummary } from '../../shared/rpc/contract';
import { newSummary } from '../services/runRecord';
import { quickTraining } from '../testing/testHost';
import { resuming } from './resuming';

const optimizer = { kind: 'sgd', learningRate: 0.003, momentum: 0.9, nesterov: false } as const;
const summary: RunSummary = newSummary('run', 'document', 'mlp.skip.json', { ...quickTraining, optimizer });

it('names the run that was gone on with, and a rate that does not break it again', () => {
  expect(resuming('mlp.skip.json', {}, summary)).toBe('skipwire train mlp.skip.json --resume last');
  expect(resuming('mlp.skip.json', { resume: '8f2c', out: 'runs' }, { ...summary, brokenBy: 'learningRate' })).toBe(
    'skipwire train mlp.skip.json --resume 8f2c --out runs --learning-rate 0.0003',
  );
});

it.skipIf(process.platform === 'win32')('is read by a shell as the names that were typed', () => {
  const names = ['$(echo obeyed).skip.json', "it's `here`", 'a\\b "c" !'];
  for (const name of names) {
    const words = resuming(name, { out: name }, summary).replace(/^skipwire/, 'printf "%s\\n"');
    expect(execFileSync('sh', ['-c', words]).toString().trimEnd().split('\n')).toEqual(['train', name, '--resume', 'last', '--out', name]);
  }
});

it('has a name’s blanks in double quotes in Windows', () => {
  expect(resuming('C:\\my nets\\mlp.skip.json', {}, summary, 'win32')).toBe('skipwire train "C:\\my nets\\mlp.skip.json" --resume last');
});

it('is read by cmd and by PowerShell as the names that were typed', () => {
  const typed = (name: string) => /train (.*) --resume/.exec(resuming(name, {}, summary, 'win32'))?.[1];
  // What both leave as it is between double quotes, `'` and what cmd obeys outside them among it.
  for (const name of ["it's mine.skip.json", 'a & calc.skip.json', '50 % off.skip.json', '(x) ^ ; , @ #!.skip.json', 'größe.skip.json'])
    expect(typed(name)).toBe(`"${name}"`);
  expect(typed('$(calc) `n “so”.skip.json')).toBe('"`$(calc) ``n `“so`”.skip.json"');
  expect(typed('C:\\my nets\\')).toBe('"C:\\my nets\\\\"');
  expect(typed('C:\\nets\\')).toBe('C:\\nets\\');
});
