import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serializeDocument } from '../../shared/document/serialize';
import type { EngineName } from '../../shared/rpc/contract';
import { RATE_STEPS, type RatePoint } from '../../shared/training/rateTest';
import { networkOf } from '../../shared/testing/networks';
import { quickTraining, startTestApp, untilRun, type TestApp } from '../testing/testHost';

let app: TestApp;
beforeEach(async () => void (app = await startTestApp()));
afterEach(() => app.close());

/** Of which a step of 512 takes some thirty billion multiply-accumulates: a second and more, in which the engine hears nothing. */
const document = serializeDocument(
  networkOf(
    {
      image: ['input', { shape: [8, 8, 1] }],
      first: ['conv2d', { filters: 192, kernelSize: [3, 3] }],
      second: ['conv2d', { filters: 192, kernelSize: [3, 3] }],
      third: ['conv2d', { filters: 192, kernelSize: [3, 3] }],
      pool: ['globalAveragePooling2d'],
      scores: ['dense', { units: 10 }],
      digit: ['output'],
    },
    ['image → first → second → third → pool → scores → digit'],
  ),
);
const request = (engine: EngineName) => ({ ...quickTraining, epochs: 1000, batchSize: 512, engine });

async function isMissing(engine: EngineName): Promise<boolean> {
  const { engines } = await (await app.services.engine.client()).call('engine.info', {});
  return !engines.some(({ name, version }) => name === engine && version !== null);
}

describe.each(['tensorflow', 'onnxruntime'] as const)('a step of a second and more on %s', (engine) => {
  it('keeps nobody waiting who pauses or stops: both are answered while it goes on', async (test) => {
    if (await isMissing(engine)) test.skip();
    const { runId } = await app.client.call('runs.start', { document, documentName: 'long', handle: null, request: request(engine) });
    const isInStep = untilRun(app.client, runId, ({ status, step }) => status === 'running' && step > 0);
    const now = async () => (await app.client.call('runs.get', { runId })).summary;
    const { step } = await isInStep;
    const isPaused = untilRun(app.client, runId, ({ status }) => status === 'paused');
    await app.client.call('runs.pause', { runId });
    expect(await now()).toMatchObject({ status: 'pausing', step });
    const paused = await isPaused;
    expect(paused.step - step).toBeLessThanOrEqual(1);
    const goesOn = untilRun(app.client, runId, (summary) => summary.step > paused.step);
    await app.client.call('runs.resume', { runId });
    const later = await goesOn;
    await app.client.call('runs.stop', { runId });
    expect(await now()).toMatchObject({ status: 'stopping', step: later.step });
    expect(await app.services.runs.ended(runId)).toMatchObject({ status: 'stopped', hasWeights: true });
  });

  it('keeps nobody waiting who stops a test of rates, nor the next one', async (test) => {
    if (await isMissing(engine)) test.skip();
    const told: RatePoint[] = [];
    const isInStep = new Promise<void>((resolve) => {
      app.client.on('runs.rate', ({ testId, point }) => {
        if (testId === 'first') told.push(point);
        resolve();
      });
    });
    const first = app.client.call('runs.rates', { testId: 'first', document, request: request(engine) });
    await isInStep;
    // Nobody else's is stopped.
    await app.client.call('runs.stopRates', { testId: 'another' });
    await expect(app.client.call('runs.rates', { testId: 'second', document, request: request(engine) })).rejects.toMatchObject({
      code: 'E_BUSY',
    });
    await app.client.call('runs.stopRates', { testId: 'first' });
    const { points, stopped } = await first;
    expect({ points, stopped }).toEqual({ points: told, stopped: true });
    expect(points.length).toBeLessThan(RATE_STEPS);
    const second = app.client.call('runs.rates', { testId: 'second', document, request: request(engine) });
    await app.client.call('runs.stopRates', { testId: 'second' });
    expect(await second).toMatchObject({ stopped: true });
  });
});
