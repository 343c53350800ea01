import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Host } from './host';
import { forkEngineWithNode, programFolders } from './nodeHost';
import { createTensorflowGpu } from './tensorflowGpu';

const folders = programFolders();
const packages = mkdtempSync(join(tmpdir(), 'skipwire-packages-'));
afterAll(() => rmSync(packages, { recursive: true, force: true }));

/** A host whose engines find packages in a folder of the test's. */
const host = {
  forkEngine: (environment, isQuiet) => forkEngineWithNode(folders.engine, { ...environment, NODE_PATH: packages }, isQuiet),
} as Host;

describe('TensorFlow’s package for GPUs', () => {
  it('is not tried where it is not installed', async () => {
    const gpu = createTensorflowGpu(host);
    await gpu.tried();
    expect([gpu.words(), gpu.environment()]).toEqual([null, {}]);
  });

  it('is told, and not used, where it cannot be loaded', async () => {
    const gpu = createTensorflowGpu(host, () => true);
    await gpu.tried();
    expect(gpu.words()).toContain("Cannot find module '@tensorflow/tfjs-node-gpu/");
    expect(gpu.environment()).toEqual({});
  });

  // Under its name, the package for the processor: the same code, which finds no GPU.
  it('is told, and not used, where it finds no GPU', async () => {
    mkdirSync(join(packages, '@tensorflow'));
    symlinkSync(join(folders.root, 'node_modules', '@tensorflow', 'tfjs-node'), join(packages, '@tensorflow', 'tfjs-node-gpu'), 'junction');
    const gpu = createTensorflowGpu(host, () => true);
    await gpu.tried();
    expect(gpu.words()).toBe('@tensorflow/tfjs-node-gpu is installed and not used: It finds no GPU.');
    expect(gpu.environment()).toEqual({});
  });
});
