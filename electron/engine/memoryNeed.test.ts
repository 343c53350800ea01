import { describe, expect, it } from 'vitest';
import { memoryNeed, refuseTooLarge } from './memoryNeed';
import { analyze } from '../../shared/infer/analyze';
import { findLayer } from '../../shared/layers/index';
import { compileNetwork } from '../../shared/program/compile';
import { cifarResnet } from '../../shared/testing/knownNetworks';

const compiled = compileNetwork(analyze(cifarResnet(20)), { findLayer });
if (!compiled.ok) throw new Error(compiled.error.message);
const network = compiled.value;

describe('a training that does not fit into the memory', () => {
  it('is refused with what it takes, what is free, and the batch that fits', () => {
    const { needed } = memoryNeed(network, 10_000);
    const free = needed / 1.3;
    const { fittingBatch } = memoryNeed(network, 10_000, undefined, free);
    expect(fittingBatch).toBeGreaterThan(0);
    expect(fittingBatch).toBeLessThan(10_000);
    expect(() => refuseTooLarge(network, 10_000, undefined, free)).toThrow(/takes about \d+\.\d GB of memory; \d+\.\d GB are free/);
    expect(() => refuseTooLarge(network, fittingBatch, undefined, free)).not.toThrow();
  });

  it('is not refused for what the estimate may be wrong by', () => {
    const { needed } = memoryNeed(network, 10_000);
    expect(() => refuseTooLarge(network, 10_000, undefined, needed / 1.2)).not.toThrow();
  });

  it('is told so where not even one sample fits', () => {
    expect(() => refuseTooLarge(network, 8, undefined, 1e6)).toThrow(
      expect.objectContaining({ code: 'E_MEMORY', fix: expect.stringContaining('Not even a batch of 1') as string }) as Error,
    );
  });
});
