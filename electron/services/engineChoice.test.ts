import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineName } from '../../shared/rpc/contract';
import { quickTraining } from '../testing/testHost';
import { createEngineChooser } from './engineChoice';
import { gpuNamed, lookForGpu, type Gpu } from './gpu';
import type { Host } from './host';
import { forkEngineWithNode, programFolders } from './nodeHost';

const folders = programFolders();
const digits = readFileSync(join(folders.assets, 'samples', 'digits-mlp.skip.json'), 'utf8');
const host: Host = {
  kind: 'web',
  version: '0.0.0',
  versions: {},
  paths: { userData: '', assets: folders.assets, browseRoot: null },
  dialogs: null,
  forkEngine: (environment, isQuiet) => forkEngineWithNode(folders.engine, environment, isQuiet),
  reveal: () => undefined,
  openExternal: () => undefined,
};
/** Where no driver is found, whatever this machine has. */
const NO_DRIVERS = { VK_DRIVER_FILES: '/nowhere', VK_ICD_FILENAMES: '/nowhere' };
const without: Host = { ...host, forkEngine: (environment, isQuiet) => host.forkEngine({ ...environment, ...NO_DRIVERS }, isQuiet) };
const owner = { environment: () => ({}) };
const request = (engine: EngineName | null) => ({ ...quickTraining, engine });
const hardware: Gpu = { kind: 'hardware', name: 'NVIDIA 0x2684' };

/** Elsewhere no variable keeps a GPU's driver away. */
const onLinux = process.platform === 'linux';

describe('the choice of an engine', () => {
  it.runIf(onLinux)('is the processor where no GPU is here, and says so', async () => {
    const chooser = createEngineChooser(without, owner, () => lookForGpu(without), 0);
    expect(chooser.known()).toBeUndefined();
    expect(await chooser.choose(digits, request(null))).toEqual({ engine: null, reason: 'no GPU is here' });
    expect(chooser.known()?.kind).toBe('none');
  });

  it.runIf(onLinux)('is whatever was asked for, but not a GPU that is not there', async () => {
    const chooser = createEngineChooser(without, owner, () => lookForGpu(without));
    expect(await chooser.choose(digits, request('onnxruntime'))).toEqual({ engine: 'onnxruntime', reason: 'you chose it' });
    await expect(chooser.choose(digits, request('onnxruntime-gpu'))).rejects.toMatchObject({
      code: 'E_NO_ENGINE',
      message: expect.stringContaining('No driver for a GPU (Vulkan, Metal or Direct3D 12) was found.') as string,
    });
  });

  it.runIf(onLinux)('is the processor where the trial on the GPU fails, with what it failed of', async () => {
    const chooser = createEngineChooser(without, owner, () => Promise.resolve(hardware), 0);
    const { engine, reason } = await chooser.choose(digits, request(null));
    expect(engine).toBeNull();
    expect(reason).toContain('a trial on the GPU (NVIDIA 0x2684) failed: No driver for a GPU');
  });

  it.runIf(onLinux)('is tried anew where a trial was stopped: its process ends, and nothing is remembered of it', async () => {
    const stop = new AbortController();
    const ends: Promise<unknown>[] = [];
    const stopping: Host = {
      ...without,
      forkEngine(environment, isQuiet) {
        const child = without.forkEngine(environment, isQuiet);
        ends.push(new Promise((resolve) => child.onExit(resolve)));
        queueMicrotask(() => stop.abort());
        return child;
      },
    };
    const chooser = createEngineChooser(stopping, owner, () => Promise.resolve(hardware), 0);
    await expect(chooser.choose(digits, request(null), stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(await Promise.all(ends)).toEqual([{ code: null, signal: 'SIGKILL' }]);
    await expect(chooser.choose(digits, request(null), stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    expect(ends).toHaveLength(1);
    expect((await chooser.choose(digits, request(null))).reason).toContain('failed: No driver for a GPU');
  });

  it('is the processor where the trial’s process dies, as of a driver’s crash', async () => {
    const dying: Host = {
      ...host,
      forkEngine(environment, isQuiet) {
        const child = host.forkEngine(environment, isQuiet);
        const { send } = child.pipe;
        // It dies when it is told what to do.
        return { ...child, pipe: { ...child.pipe, send: (message) => (send(message), child.kill()) } };
      },
    };
    const chooser = createEngineChooser(dying, owner, () => Promise.resolve(hardware), 0);
    const { engine, reason } = await chooser.choose(digits, request(null));
    expect([engine, reason]).toEqual([
      null,
      expect.stringMatching(
        /^a trial on the GPU \(NVIDIA 0x2684\) failed: its process ended: (another program killed it|it was killed, perhaps .*)$/,
      ),
    ]);
    expect(await lookForGpu(dying)).toEqual({ kind: 'none', reason: expect.stringContaining('its process ended') as string });
  });

  it.runIf(onLinux)('is not tried again for a network of which a layer was renamed, but for another batch', async () => {
    let forks = 0;
    const counting: Host = { ...without, forkEngine: (...args) => ((forks += 1), without.forkEngine(...args)) };
    const chooser = createEngineChooser(counting, owner, () => Promise.resolve(hardware), 0);
    const first = await chooser.choose(digits, request(null));
    expect([forks, first.reason]).toEqual([1, expect.stringContaining('failed')]);
    const document = JSON.parse(digits) as { graph: { nodes: { name: string; position: unknown }[] } };
    for (const node of document.graph.nodes) Object.assign(node, { name: `${node.name} 2`, position: [9, 9] });
    expect(await chooser.choose(JSON.stringify(document), request(null))).toBe(first);
    expect(forks).toBe(1);
    await chooser.choose(digits, { ...request(null), batchSize: 3 });
    expect(forks).toBe(2);
  });

  it('is the processor, without a look or a trial, where a step is small', async () => {
    const chooser = createEngineChooser(host, owner, () => Promise.reject(new Error('looked')));
    expect(await chooser.choose(digits, request(null))).toEqual({ engine: null, reason: 'so small a network needs no GPU' });
  });

  it('does not come back by itself to a GPU whose driver ended the engine', async () => {
    const chooser = createEngineChooser(host, owner, () => Promise.resolve(hardware), 0);
    chooser.distrust();
    expect(await chooser.choose(digits, request(null))).toEqual({ engine: null, reason: 'the GPU’s driver ended the engine before' });
  });
});

describe('the name of a GPU', () => {
  const processor =
    '2026-11-26 12:01:11.70 [I:onnxruntime:onnxruntime-node, device_discovery_common.cc:34 operator()] Discovered OrtHardwareDevice {vendor_id:0x1022, device_id:0x0, vendor:AMD, type:0, metadata: []}\n';

  it.each([
    ['', undefined],
    [processor, undefined],
    [`${processor}Discovered OrtHardwareDevice {vendor_id:0x10de, device_id:0x2684, vendor:, type:1, metadata: []}`, 'NVIDIA 0x2684'],
    [`Discovered OrtHardwareDevice {vendor_id:0x1234, device_id:0x1, vendor:Acme, type:1, metadata: [Discrete=1]}`, 'Acme 0x1'],
    [
      `Discovered OrtHardwareDevice {vendor_id:0x8086, device_id:0x9a49, vendor:Intel Corporation, type:1, metadata: [Description=Intel(R) Iris(R) Xe Graphics, LUID=7]}`,
      'Intel(R) Iris(R) Xe Graphics',
    ],
  ])('is taken from what onnxruntime found: %#', (words, name) => {
    expect(gpuNamed(words)).toBe(name);
  });
});
