import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { SkipDocument } from '../../shared/document/document';
import { compiledSteps, SEED, tenSteps, tenStepsBatch, type TenSteps } from '../../shared/testing/tenSteps';
import type { GraphNode } from '../../shared/graph/graph';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { NamedType } from '../../shared/program/program';
import type { TensorData, Weights } from '../../shared/weights/weights';
import type { Backend, Batch } from './backend';
import { engines } from './engines';
import { toChannelsFirst } from '../../shared/data/prepareImage';
import { freshWeights } from './training';

const available = engines().flatMap(({ backend }) => (backend ? [backend] : []));
/** What PyTorch and Keras lose at each step; made by `interop/run.ts learning --write`. */
const peers = z
  .record(z.string(), z.record(z.string(), z.array(z.number()).length(10)))
  .parse(JSON.parse(readFileSync(new URL('../../shared/testing/tenSteps.json', import.meta.url), 'utf8')));

/** A busy machine is no fault; in milliseconds. */
const PATIENCE = 300_000;

/** Relative: single precision, rounded in another order at each of ten steps. */
const BAR = 1e-3;

async function lossesOf(backend: Backend, training: TenSteps, batchOf = tenStepsBatch): Promise<readonly number[]> {
  const network = compiledSteps(training);
  const batch = batchOf(network, training.batchSize);
  const session = await backend.load(network);
  const losses: number[] = [];
  try {
    await session.initialize(freshWeights(network, SEED));
    for (let step = 0; step < 10; step += 1) {
      const { loss } = await session.train(batch, { learningRate: training.optimizer.learningRate, seed: [SEED, step] });
      losses.push(loss);
    }
  } finally {
    session.dispose();
  }
  return losses;
}

function difference(received: readonly number[], expected: readonly number[]): number {
  return Math.max(...expected.map((loss, step) => Math.abs((received[step] ?? NaN) / loss - 1)));
}

describe.each(available.map((backend) => [backend.name, backend] as const))('ten steps on %s', (_, backend) => {
  it.each(Object.entries(tenSteps))(
    '%s loses what PyTorch and Keras lose',
    async (name, build) => {
      const losses = await lossesOf(backend, build());
      const expected = Object.entries(peers[name] ?? {});
      expect(expected.map(([peer]) => peer)).toEqual(['PyTorch', 'Keras']);
      for (const [peer, theirs] of expected) expect(difference(losses, theirs), `${peer}: ${losses.join(', ')}`).toBeLessThan(BAR);
      expect(losses.at(-1)).toBeLessThan(0.95 * (losses[0] as number));
    },
    PATIENCE,
  );

  it.each(['ResNet-20', 'U-Net'])('%s with its channels first loses the same', async (name) => {
    const training = tenSteps[name]?.() as TenSteps;
    const losses = await lossesOf(backend, { ...training, document: turned(training.document) }, turnedBatch);
    expect(difference(losses, peers[name]?.['PyTorch'] ?? [])).toBeLessThan(BAR);
  });
});

/** The same network with its images' channels first. */
function turned(document: SkipDocument): SkipDocument {
  const nodes = Object.entries(document.graph.nodes).map(([id, node]): [string, GraphNode] => {
    const shape = node.params['shape'];
    if (node.type !== 'input' || !Array.isArray(shape)) return [id, node];
    const [height = 0, width = 0, channels = 0] = shape as readonly number[];
    return [id, { ...node, params: { ...node.params, shape: [channels, height, width] } }];
  });
  return { ...document, dataFormat: 'channelsFirst', graph: { ...document.graph, nodes: Object.fromEntries(nodes) } };
}

/** The batch of the channels-last twin, its images' and maps' channels first. */
function turnedBatch(network: CompiledNetwork, batchSize: number): Batch {
  const last = <T extends NamedType>(type: T): T => ({ ...type, type: { ...type.type, shape: moved(type.type.shape) } });
  const { inputs, targets } = tenStepsBatch(
    { ...network, inputs: network.inputs.map(last), targets: network.targets.map(last) },
    batchSize,
  );
  const first = (tensors: Weights) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.shape.length === 4 ? channelsFirst(tensor) : tensor]));
  return { inputs: first(inputs), targets: first(targets) };
}

function moved<T>(shape: readonly T[]): readonly T[] {
  const [batch, channels, ...sizes] = shape;
  return shape.length === 4 ? [batch as T, ...sizes, channels as T] : shape;
}

function channelsFirst({ dtype, shape, data }: TensorData): TensorData {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  return { dtype, shape: [batch, channels, height, width], data: toChannelsFirst(data as Float32Array, [height, width, channels]) };
}
