import { describe, expect, it } from 'vitest';
import type { TrainingRequest } from '../../shared/rpc/contract';
import type { Backend } from './backend';
import { createPrepared, preparedKey } from './prepared';
import { createReferenceBackend } from './testing/referenceBackend';
import { stripesNetwork } from './testing/stripes';

const network = stripesNetwork();

/** An engine that tells how many of its sessions are open. */
function counted(): { readonly backend: Backend; open(): number } {
  const reference = createReferenceBackend();
  let open = 0;
  const backend: Backend = {
    ...reference,
    async load(net) {
      const session = await reference.load(net);
      open += 1;
      return {
        ...session,
        dispose() {
          open -= 1;
          session.dispose();
        },
      };
    },
  };
  return { backend, open: () => open };
}

describe('a session that is prepared', () => {
  it('is taken once, under its own key', async () => {
    const { backend, open } = counted();
    const prepared = createPrepared(0);
    await prepared.prepare('a', backend, network);
    await prepared.prepare('a', backend, network);
    expect(open()).toBe(1);
    expect(prepared.take('b')).toBeUndefined();
    const session = prepared.take('a');
    expect(session).toBeDefined();
    expect(prepared.take('a')).toBeUndefined();
    prepared.dispose();
    expect(open()).toBe(1);
    session?.dispose();
  });

  it('makes place for the next one', async () => {
    const { backend, open } = counted();
    const prepared = createPrepared(0);
    await prepared.prepare('a', backend, network);
    await prepared.prepare('b', backend, network);
    expect([open(), prepared.take('a')]).toEqual([1, undefined]);
    prepared.dispose();
    expect(open()).toBe(0);
  });

  it.each([
    ['also has its first look at the layers made ready', { isTaken: false, isIdle: true }, ['train', 'activity']],
    ['has not, where a training takes it before', { isTaken: true, isIdle: true }, ['train']],
    ['has not, where something else goes on by then', { isTaken: false, isIdle: false }, ['train']],
  ])('%s', async (_, { isTaken, isIdle }, expected) => {
    const { backend } = counted();
    const prepared = createPrepared(0);
    const made: string[] = [];
    let hasPrepared: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (hasPrepared = resolve));
    const telling: Backend = {
      ...backend,
      load: async (net) => ({
        ...(await backend.load(net)),
        prepare(program = 'train') {
          made.push(program);
          hasPrepared();
          return Promise.resolve();
        },
      }),
    };
    const whole = prepared.prepare('a', telling, network, () => isIdle);
    await first;
    await Promise.resolve();
    await Promise.resolve();
    if (isTaken) prepared.take('a')?.dispose();
    await whole;
    expect(made).toEqual(expected);
    prepared.dispose();
  });

  it('is freed where the engine cannot run it', async () => {
    const { backend, open } = counted();
    const broken: Backend = {
      ...backend,
      load: async (net) => ({ ...(await backend.load(net)), prepare: () => Promise.reject(new Error('out of memory')) }),
    };
    // The spread above keeps the counting `dispose`.
    await expect(createPrepared(0).prepare('a', broken, network)).rejects.toThrow('out of memory');
    expect(open()).toBe(0);
  });

  it('belongs to its engine, document and optimizer, whatever else a run asks for', () => {
    const { backend } = counted();
    const request: TrainingRequest = {
      dataset: 'digits',
      epochs: 1,
      batchSize: 8,
      seed: 1,
      engine: null,
      optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false },
    };
    const key = preparedKey(backend, 'a', request);
    expect(preparedKey(backend, 'a', { ...request, epochs: 9, seed: 2, batchSize: 64 })).toBe(key);
    expect(preparedKey(backend, 'b', request)).not.toBe(key);
    expect(preparedKey({ ...backend, name: 'onnxruntime' }, 'a', request)).not.toBe(key);
    expect(preparedKey(backend, 'a', { ...request, optimizer: { ...request.optimizer, momentum: 0.9 } as never })).not.toBe(key);
  });
});
