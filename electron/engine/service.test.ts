import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { prepareImages } from '../../shared/data/prepareImage';
import { preprocessingOf, type Preprocessing } from '../../shared/data/preprocessing';
import { imageSize } from '../../shared/data/dataset';
import { digits } from '../../shared/data/digits';
import { serializeDocument } from '../../shared/document/serialize';
import { createClient } from '../../shared/rpc/client';
import type { EngineName, TrainingRequest } from '../../shared/rpc/contract';
import type { Client, Emit, EventPayload } from '../../shared/rpc/define';
import { engineContract, type EngineContract } from '../../shared/rpc/engineContract';
import { memoryPipes } from '../../shared/rpc/memoryPipe';
import { serve } from '../../shared/rpc/serve';
import { preparedNetwork, residualNetwork } from '../../shared/testing/networks';
import { engines } from './engines';
import { engineHandlers } from './service';

const assets = fileURLToPath(new URL('../../assets', import.meta.url));
const readingThread = new URL('../../out/node/reading.js', import.meta.url);
const mlp = readFileSync(`${assets}/samples/digits-mlp.skip.json`, 'utf8');
const mismatched = readFileSync(`${assets}/samples/mismatched-add.skip.json`, 'utf8');
const { info, splits } = digits.parse(new Uint8Array(readFileSync(`${assets}/data/digits/digits.bin`)));

type Weights = EventPayload<EngineContract, 'train.checkpoint'>['weights'];
type Ended = EventPayload<EngineContract, 'train.ended'>;

/** The engine's service behind a pipe, and what it told. */
function engine() {
  const [mine, its] = memoryPipes();
  const emit: Emit<EngineContract> = serve(
    engineContract,
    its,
    engineHandlers({ emit: (name, payload) => emit(name, payload), readingThread }),
  );
  const client = createClient(engineContract, mine);
  const progress: EventPayload<EngineContract, 'train.progress'>[] = [];
  const checkpoints: EventPayload<EngineContract, 'train.checkpoint'>[] = [];
  client.on('train.progress', (event) => void progress.push(event));
  client.on('train.checkpoint', (event) => void checkpoints.push(event));
  const ended = (runId: string) =>
    new Promise<Ended>((resolve) => client.on('train.ended', (event) => (event.runId === runId ? resolve(event) : undefined)));
  return { client, progress, checkpoints, ended };
}

function request(name: EngineName | null, change: Partial<TrainingRequest> = {}): TrainingRequest {
  const optimizer = { kind: 'adam', learningRate: 0.003, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
  return { dataset: 'digits', epochs: 2, batchSize: 64, seed: 1, engine: name, optimizer, ...change };
}

function start(client: Client<EngineContract>, runId: string, document: string, settings: TrainingRequest): Promise<unknown> {
  return client.call('train.start', { runId, document, request: settings, data: { assets, folder: null }, resume: null });
}

/** Weights of the sample after two epochs, trained once for each engine. */
const trained = new Map<EngineName, Promise<Weights>>();
function weightsOf(name: EngineName): Promise<Weights> {
  const known = trained.get(name) ?? train(name);
  trained.set(name, known);
  return known;
}
async function train(name: EngineName): Promise<Weights> {
  const { client, checkpoints, ended } = engine();
  const end = ended('weights');
  await start(client, 'weights', mlp, request(name));
  await end;
  return checkpoints.at(-1)?.weights ?? {};
}

/** Images of the test part as a call takes them. */
function images(offset: number, count: number): Float32Array {
  const size = imageSize(info);
  return splits.test.pixels.slice(offset * size, (offset + count) * size);
}

describe('a measurement that is stopped', () => {
  it('ends, and another one goes on', async () => {
    const { client } = engine();
    const measure = (measurementId: string) =>
      client.call('engine.profile', { measurementId, document: mlp, program: 'predict', batchSize: 2, engine: null });
    const [first, second] = [measure('first'), measure('second')];
    const stopped = expect(first).rejects.toMatchObject({ code: 'E_STOPPED' });
    await client.call('engine.stopProfile', { measurementId: 'first' });
    await stopped;
    expect((await second).rows.length).toBeGreaterThan(0);
  });
});

describe('the engine’s service', () => {
  it('tells which engines there are, and why one is not', async () => {
    const { engines: listed } = await engine().client.call('engine.info', {});
    expect(listed.map(({ name }) => name)).toContain('tensorflow');
    for (const { version, reason } of listed) expect([version, reason].filter((part) => part !== null)).toHaveLength(1);
  });

  it.each([
    ['pause', 'train.pause'],
    ['resume', 'train.resume'],
    ['stop', 'train.stop'],
  ] as const)('knows no run to %s that it does not have', async (_, call) => {
    await expect(engine().client.call(call, { runId: 'gone' })).rejects.toMatchObject({ code: 'E_NO_RUN', message: 'This run has ended.' });
  });
});

const available = engines().filter(({ backend }) => backend !== undefined);

describe.skipIf(available.length === 0).each(available.map(({ name }) => name))('the engine’s service on %s', (name) => {
  it('trains a document and tells how it goes', async () => {
    const { client, progress, checkpoints, ended } = engine();
    const end = ended('run');
    await start(client, 'run', mlp, request(name));
    expect(await end).toMatchObject({ runId: 'run', status: 'finished', message: null });
    expect((await end).testAccuracy).toBeGreaterThan(0.8);
    expect(progress[0]?.status).toBe('preparing');
    expect(progress.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch))).toEqual([1, 2]);
    // ⌈1,197 / 64⌉ batches an epoch.
    expect(progress.at(-1)).toMatchObject({ step: 38, totalSteps: 38, epoch: 2 });
    expect(checkpoints.map(({ position: { epoch, step } }) => [epoch, step])).toEqual([
      [1, 19],
      [2, 38],
    ]);
  });

  it('gives the same weights whether the network was compiled ahead or not', async () => {
    const { client, checkpoints, ended } = engine();
    await client.call('engine.prepare', { document: mlp, request: request(name) });
    const end = ended('run');
    await start(client, 'run', mlp, request(name));
    await end;
    expect(checkpoints.at(-1)?.weights).toEqual(await weightsOf(name));
  });

  it('pauses, goes on and stops', async () => {
    const { client, progress, checkpoints, ended } = engine();
    const end = ended('run');
    await start(client, 'run', mlp, request(name, { epochs: 10_000 }));
    await client.call('train.pause', { runId: 'run' });
    await until(() => progress.at(-1)?.status === 'paused');
    const at = progress.at(-1)?.step ?? 0;
    await client.call('train.resume', { runId: 'run' });
    await until(() => (progress.at(-1)?.step ?? 0) > at);
    await client.call('train.stop', { runId: 'run' });
    expect(await end).toMatchObject({ status: 'stopped', testAccuracy: null });
    expect(checkpoints.at(-1)?.position.step).toBe(progress.at(-1)?.step);
    await expect(client.call('train.stop', { runId: 'run' })).rejects.toMatchObject({ code: 'E_NO_RUN' });
  });

  it('goes on from a checkpoint', async () => {
    const weights = await weightsOf(name);
    const { client, progress, checkpoints, ended } = engine();
    const end = ended('run');
    const resume = { weights, position: { epoch: 2, step: 38 } };
    await client.call('train.start', {
      runId: 'run',
      document: mlp,
      request: request(name, { epochs: 3 }),
      data: { assets, folder: null },
      resume,
    });
    await end;
    expect(progress.flatMap(({ epochs }) => epochs.map(({ epoch }) => epoch))).toEqual([3]);
    expect(checkpoints.map(({ position }) => position.step)).toEqual([57]);
  });

  it('refuses what cannot be trained before anything starts', async () => {
    const { client } = engine();
    await expect(start(client, 'run', mlp.slice(0, 500), request(name))).rejects.toMatchObject({ code: 'E_TRUNCATED' });
    await expect(start(client, 'run', mismatched, request(name))).rejects.toMatchObject({ code: 'E_NETWORK' });
    await expect(start(client, 'run', mlp, request(name, { dataset: 'letters' }))).rejects.toMatchObject({
      code: 'E_DATA',
      message: 'There is no data set "letters".',
    });
    const tooFew = serializeDocument(residualNetwork());
    await expect(start(client, 'run', tooFew, request(name))).rejects.toMatchObject({
      code: 'E_DATA',
      message: 'The output "digit" tells 3 classes apart; Handwritten digits, 8×8 has 10.',
    });
  });

  it('has one run under a name', async () => {
    const { client, ended } = engine();
    const end = ended('run');
    await start(client, 'run', mlp, request(name, { epochs: 1000 }));
    await expect(start(client, 'run', mlp, request(name))).rejects.toMatchObject({ code: 'E_BUSY' });
    await client.call('train.stop', { runId: 'run' });
    await end;
  });

  it('evaluates as the training did', async () => {
    const { client, progress, checkpoints, ended } = engine();
    const end = ended('run');
    await start(client, 'run', mlp, request(name));
    const { testAccuracy } = await end;
    const model = {
      document: mlp,
      weights: checkpoints.at(-1)?.weights ?? {},
      engine: name,
      dataset: 'digits',
      data: { assets, folder: null },
    };
    expect(await client.call('model.evaluate', { ...model, split: 'test' })).toMatchObject({ accuracy: testAccuracy, count: 400 });
    const row = progress.flatMap(({ epochs }) => epochs).at(-1);
    const evaluation = await client.call('model.evaluate', { ...model, split: 'validation' });
    expect(evaluation).toMatchObject({ loss: row?.validationLoss, accuracy: row?.validationAccuracy, count: 200, metrics: {} });
    const counts = evaluation.confusions[0]?.counts ?? [];
    const right = counts.reduce((sum, line, index) => sum + (line[index] ?? 0), 0);
    expect([counts.length, right / 200]).toEqual([10, evaluation.accuracy]);
    const samples = evaluation.confusions[0]?.samples;
    expect(samples?.right).toEqual(splits.validation.labels);
    expect(counts[3]?.[3]).toBe(
      [...(samples?.predicted ?? [])].filter((digit, index) => digit === 3 && samples?.right[index] === 3).length,
    );
  });

  it('says that weights are broken where the loss is no number', async () => {
    const weights = Object.fromEntries(
      Object.entries(await weightsOf(name)).map(([key, tensor]) => [key, { ...tensor, data: Float32Array.from(tensor.data).fill(NaN) }]),
    );
    const call = engine().client.call('model.evaluate', {
      document: mlp,
      weights,
      engine: name,
      dataset: 'digits',
      split: 'test',
      data: { assets, folder: null },
    });
    await expect(call).rejects.toMatchObject({ code: 'E_NOT_A_NUMBER' });
  });

  it('predicts several images at once as it predicts each', async () => {
    const { client } = engine();
    const model = { document: mlp, weights: await weightsOf(name), engine: name };
    const together = await client.call('model.predict', { ...model, images: images(0, 20) });
    expect([together.classes, together.values.length]).toEqual([10, 200]);
    const right = Array.from({ length: 20 }, (_, index) => {
      const row = together.values.subarray(index * 10, (index + 1) * 10);
      return row.indexOf(Math.max(...row)) === splits.test.labels[index];
    }).filter(Boolean).length;
    expect(right).toBeGreaterThan(14);
    const alone = await client.call('model.predict', { ...model, images: images(7, 1) });
    alone.values.forEach((value, index) => expect(value).toBeCloseTo(together.values[70 + index] as number, 5));
  });

  it.each(['channelsLast', 'channelsFirst'] as const)(
    'prepares images alike in training, evaluation and prediction, %s',
    async (dataFormat) => {
      const { client, checkpoints, ended } = engine();
      const document = serializeDocument(preparedNetwork(dataFormat));
      const end = ended('prepared');
      await start(client, 'prepared', document, request(name));
      const { status, testAccuracy } = await end;
      expect(status).toBe('finished');
      const model = { document, weights: checkpoints.at(-1)?.weights ?? {}, engine: name };
      const { accuracy } = await client.call('model.evaluate', {
        ...model,
        dataset: 'digits',
        split: 'test',
        data: { assets, folder: null },
      });
      expect(accuracy).toBeCloseTo(testAccuracy ?? NaN, 9);
      const raw = await client.call('model.predict', { ...model, images: images(0, 400), imageShape: [8, 8, 1] });
      const right = Array.from(splits.test.labels).filter((label, index) => {
        const row = raw.values.subarray(index * 10, (index + 1) * 10);
        return row.indexOf(Math.max(...row)) === label;
      });
      expect(right.length / 400).toBeCloseTo(accuracy ?? NaN, 9);
      const ready = prepareImages(
        preprocessingOf(preparedNetwork().graph.nodes['image']?.params) as Preprocessing,
        images(3, 1),
        [8, 8, 1],
      );
      const [own, seen] = await Promise.all([
        client.call('model.predict', { ...model, images: ready }),
        client.call('model.inspect', { ...model, version: 'a', images: images(3, 1), imageShape: [8, 8, 1], maxChannels: 3 }),
      ]);
      own.values.forEach((value, index) => expect(value).toBeCloseTo(raw.values[30 + index] as number, 5));
      expect(seen.activations[0]).toMatchObject({ type: 'input', shape: [12, 12, 3] });
      const tooSmall = client.call('model.predict', {
        document: document.replace('"minAspectDim": 14', '"minAspectDim": null'),
        weights: model.weights,
        engine: name,
        images: images(0, 1),
        imageShape: [8, 8, 1],
      });
      await expect(tooSmall).rejects.toMatchObject({ code: 'E_INPUT', message: expect.stringContaining('a square of 12') as string });
    },
  );

  it('shows what each layer makes of an image', async () => {
    const { client } = engine();
    const model = { document: mlp, weights: await weightsOf(name), engine: name };
    const { probabilities, activations } = await client.call('model.inspect', {
      ...model,
      version: 'a',
      images: images(0, 1),
      maxChannels: 4,
    });
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(activations[0]).toMatchObject({ type: 'input', shape: [8, 8, 1], tiles: images(0, 1) });
    expect(activations.find(({ type }) => type === 'softmax')?.tiles).toEqual(Float32Array.from(probabilities));
  });

  it('keeps the weights of a version between predictions, and says so where it has them no more', async () => {
    const { client } = engine();
    const weights = await weightsOf(name);
    const ask = (own: Weights | null, version: string) =>
      client.call('model.inspect', { document: mlp, weights: own, version, engine: name, images: images(0, 1), maxChannels: 4 });
    await expect(ask(null, 'first')).rejects.toMatchObject({ code: 'E_NO_WEIGHTS' });
    const sent = await ask(weights, 'first');
    expect(await ask(null, 'first')).toEqual(sent);
    await expect(ask(null, 'second')).rejects.toMatchObject({ code: 'E_NO_WEIGHTS' });
    const zeros = Object.fromEntries(
      Object.entries(weights).map(([key, tensor]) => [key, { ...tensor, data: new Float32Array(tensor.data.length) }]),
    );
    const blank = await ask(zeros, 'second');
    expect(blank.probabilities).not.toEqual(sent.probabilities);
    expect(await ask(null, 'second')).toEqual(blank);
    await expect(ask(null, 'first')).rejects.toMatchObject({ code: 'E_NO_WEIGHTS' });
    // Other weights without a version came in between.
    await client.call('model.predict', { document: mlp, weights, engine: name, images: images(0, 1) });
    await expect(ask(null, 'second')).rejects.toMatchObject({ code: 'E_NO_WEIGHTS' });
  });

  it('keeps models with different weights apart, also when they are asked at the same time', async () => {
    const { client } = engine();
    const weights = await weightsOf(name);
    const zeros = Object.fromEntries(
      Object.entries(weights).map(([key, tensor]) => [key, { ...tensor, data: new Float32Array(tensor.data.length) }]),
    );
    const ask = (own: Weights) => client.call('model.predict', { document: mlp, weights: own, engine: name, images: images(0, 1) });
    const answers = await Promise.all([ask(weights), ask(zeros), ask(weights), ask(zeros)]);
    const [first, blank] = answers;
    expect(Array.from(blank?.values ?? [])).toEqual(Array.from({ length: 10 }, () => expect.closeTo(0.1, 5) as number));
    expect(answers[2]).toEqual(first);
    expect(answers[3]).toEqual(blank);
    expect(Math.max(...(first?.values ?? []))).toBeGreaterThan(0.2);
  });

  it('refuses images of another size and weights of another network, and then goes on', async () => {
    const { client } = engine();
    const weights = await weightsOf(name);
    const ask = (own: Weights, pixels: Float32Array) =>
      client.call('model.predict', { document: mlp, weights: own, engine: name, images: pixels });
    await expect(ask(weights, new Float32Array(63))).rejects.toMatchObject({
      code: 'E_INPUT',
      message: 'The network’s input has 8×8×1 = 64 values; 63 were given.',
    });
    await expect(ask(weights, new Float32Array(0))).rejects.toMatchObject({ code: 'E_INPUT' });
    await expect(ask({}, images(0, 1))).rejects.toMatchObject({ message: expect.stringMatching(/is missing/) as string });
    expect((await ask(weights, images(0, 1))).classes).toBe(10);
  });
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}
