import { describe, expect, it } from 'vitest';
import type { ExportReport, RunSummary } from '../../../shared/rpc/contract';
import { exportName, failedBarWords, verificationWords } from './exportWords';

const report = (verification: ExportReport['verification']): ExportReport => ({
  format: 'tfjs',
  folder: 'exports',
  files: [],
  verification,
});
const verified = (largestDifference: number, passed = true) =>
  report({ kind: 'verified', reader: 'TensorFlow.js 4.22', samples: 32, largestDifference, bar: 1e-5, passed });

describe('an export’s proof, in words', () => {
  it('says the largest difference, over how many samples, and who read it', () => {
    expect(verificationWords(verified(3.1e-7))).toBe('Largest difference 3·10⁻⁷ over 32 samples, read by TensorFlow.js 4.22 just now.');
    expect(verificationWords(verified(0))).toBe('No difference over 32 samples, read by TensorFlow.js 4.22 just now.');
  });

  it('says plainly that numbers differ too much', () => {
    expect(failedBarWords(verified(1e-7))).toBeUndefined();
    expect(failedBarWords(verified(0.02, false))).toContain('That is more than 1·10⁻⁵');
  });

  it('says why nothing was compared', () => {
    expect(verificationWords(report({ kind: 'notVerified', reason: 'Python is not there.' }))).toBe('Not compared: Python is not there.');
  });
});

describe('the name of an export', () => {
  it.each([
    ['digits-resnet.skip.json', 'digits-resnet-tfjs'],
    ['Digits in two minutes', 'Digits-in-two-minutes-tfjs'],
    ['../../etc/passwd', 'etc-passwd-tfjs'],
    ['数字', '数字-tfjs'],
    ['???', 'network-tfjs'],
  ])('of “%s” is %s', (documentName, name) => expect(exportName({ documentName } as RunSummary, 'tfjs')).toBe(name));
});
