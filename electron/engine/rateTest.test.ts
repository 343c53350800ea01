import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { digits } from '../../shared/data/digits';
import { suggestedRate, type RatePoint } from '../../shared/training/rateTest';
import { optimizerSettings } from '../../shared/training/optimizers/index';
import { batchesInMemory } from './batches';
import { engines } from './engines';
import { readyNetwork } from './networks';
import { testRates } from './rateTest';
import { trainNetwork, type TrainingControl } from './training';

const assets = fileURLToPath(new URL('../../assets', import.meta.url));
const mlp = readFileSync(`${assets}/samples/digits-mlp.skip.json`, 'utf8');
const dataset = batchesInMemory(digits.parse(new Uint8Array(readFileSync(`${assets}/data/digits/digits.bin`))));
const available = engines().flatMap(({ backend }) => (backend ? [backend] : []));

describe.each(available.map((backend) => [backend.name, backend] as const))('a learning-rate range test on %s', (_, backend) => {
  const job = (learningRate: number, epochs = 1, control: TrainingControl = { state: 'running' }) => {
    const optimizer = optimizerSettings.parse({ kind: 'adam', learningRate });
    const request = { dataset: 'digits', epochs, batchSize: 64, seed: 3, engine: null, optimizer };
    return { network: readyNetwork(mlp, optimizer).compiled, dataset, request, backend, control };
  };

  it('falls, then is lost; what it suggests learns, and a thousand times less does not', async () => {
    const told: RatePoint[] = [];
    const points = await testRates(job(1), (point) => void told.push(point));
    expect(told).toEqual(points);
    const losses = points.map(({ loss }) => loss);
    expect(Math.min(...losses)).toBeLessThan(0.6 * (losses[0] as number));
    const suggested = suggestedRate(points) as number;
    const lossAfter = async (rate: number) => {
      const rows: (number | null)[] = [];
      const events = {
        progress: ({ epochs }: { epochs: readonly { validationLoss: number | null }[] }) =>
          void rows.push(...epochs.map((row) => row.validationLoss)),
        checkpoint: () => undefined,
      };
      await trainNetwork({ ...job(rate, 4), resume: null, events });
      return rows.at(-1) as number;
    };
    expect(await lossAfter(suggested)).toBeLessThan(0.5 * (await lossAfter(suggested / 1000)));
  });

  it('is the same again under its seed, and ends when it is stopped', async () => {
    const [first, second] = [await testRates(job(1)), await testRates(job(0.001))];
    expect(second).toEqual(first);
    expect(await testRates(job(1, 1, { state: 'stopping' }))).toEqual([]);
  });
});
