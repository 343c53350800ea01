import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { quickTraining, startTestApp, type TestApp } from '../testing/testHost';
import { askChild } from './engineChild';
import { createEngineChooser } from './engineChoice';
import { lookForGpu } from './gpu';
import type { Host } from './host';
import { forkEngineWithNode, programFolders } from './nodeHost';

const folders = programFolders();
const digits = readFileSync(join(folders.assets, 'samples', 'digits-mlp.skip.json'), 'utf8');
const host = { forkEngine: (environment, isQuiet) => forkEngineWithNode(folders.engine, environment, isQuiet) } as Host;
const owner = { environment: () => ({}) };

let app: TestApp | undefined;
afterEach(() => app?.close());

describe('a software driver for Vulkan', () => {
  it('is told from hardware, and is not taken by itself', async () => {
    const chooser = createEngineChooser(host, owner, () => lookForGpu(host), 0);
    expect(await chooser.gpu()).toEqual({ kind: 'software', name: 'software driver' });
    expect(await chooser.choose(digits, quickTraining)).toEqual({ engine: null, reason: 'the GPU here is only a software driver' });
  });

  it('loses the trial where it is taken for hardware: the figures are told', async () => {
    const chooser = createEngineChooser(host, owner, () => lookForGpu(host, ''), 0);
    expect(await chooser.gpu()).toEqual({ kind: 'hardware', name: 'GPU' });
    const { engine, reason } = await chooser.choose(digits, quickTraining);
    expect(engine).toBeNull();
    expect(reason).toMatch(/^a step took [\d.]+ ms on the GPU \(GPU\), [\d.]+ ms with (TensorFlow|ONNX Runtime)$/);
  });

  it('leaves what onnxruntime found in the child’s words', async () => {
    const { words } = await askChild({ host, environment: {}, seconds: 30 }, (client) => client.call('gpu.look', {}));
    expect(words).toMatch(/Discovered OrtHardwareDevice \{vendor_id:\w+, device_id:\w+, vendor:[^,]*, type:0, metadata: \[/);
  });

  it('trains where it is asked for, and the run says on what and why', async () => {
    app = await startTestApp();
    const { client, services } = app;
    const { runId } = await client.call('runs.start', {
      document: digits,
      documentName: 'digits',
      handle: null,
      request: { ...quickTraining, epochs: 1, engine: 'onnxruntime-gpu' },
    });
    const summary = await services.runs.ended(runId);
    expect(summary).toMatchObject({ status: 'finished', message: null, engineReason: 'you chose it' });
    expect(summary.engine).toMatch(/^onnxruntime-gpu \d/);
    expect(summary.testAccuracy).toBeGreaterThan(0.5);
    await services.chooser.gpu();
    const { engines } = await client.call('engine.status', {});
    expect(engines.find(({ name }) => name === 'onnxruntime-gpu')).toMatchObject({ available: true });
  });
});
