/**
 * Computes the ResNets of the templates with the weights and batches that the references used, and compares: the order of the
 * weights, every intermediate shape, the logits before and after training, the losses; and that a block whose last convolution is
 * zero is an identity.
 *
 * Run: `npx tsx interop/resnet/compare.ts FOLDER`, after inKeras.py and inTorch.py. Prints one JSON line.
 */
import { toChannelsFirst } from '../../shared/data/prepareImage';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOnnxruntimeBackend } from '../../electron/engine/onnxruntime/backend';
import { createTensorFlowBackend } from '../../electron/engine/tensorflow/backend';
import type { Backend, Session, Tensors } from '../../electron/engine/backend';
import type { DataFormat } from '../../shared/graph/tensor';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import { activationKey, type CompiledNetwork } from '../../shared/program/compiled';
import { decodeSafetensors } from '../../shared/weights/safetensors';
import type { TensorData } from '../../shared/weights/weights';
import { compiled, logitsNetwork, shapesOf, type ParityNetwork } from './network';

const BAR = 1e-4;
/** What three steps change in the logits must be far above what may differ, or nothing was shown. */
const SEEN = 20 * BAR;

/** Every value inside of a network at once: of large images they take gigabytes. */
const LARGEST_LOOKED_INTO = 100;

const folder = process.argv[2] ?? '';
const settings = JSON.parse(readFileSync(join(folder, 'network.json'), 'utf8')) as ParityNetwork;
const read = (name: string): Tensors => decodeSafetensors(new Uint8Array(readFileSync(join(folder, `${name}.safetensors`))));
const weights = read('weights');
const worst: Record<string, number> = {};

function agree(what: string, where: string, received: TensorData | undefined, expected: TensorData | undefined): void {
  if (!received || !expected) throw new Error(`${where}: ${what} is missing.`);
  const gap = distance(received, expected);
  if (!(gap <= BAR)) throw new Error(`${where}: ${what} differ by ${gap.toExponential(1)} of the largest, above ${BAR}.`);
  worst[what] = Math.max(worst[what] ?? 0, gap);
}

/** The largest difference, relative to the largest number that is expected. */
function distance(received: TensorData, expected: TensorData): number {
  if (received.data.length !== expected.data.length) return Infinity;
  let [gap, largest] = [0, 0];
  for (const [index, value] of expected.data.entries()) {
    gap = Math.max(gap, Math.abs((received.data[index] as number) - value));
    largest = Math.max(largest, Math.abs(value));
    if (Number.isNaN(received.data[index])) return NaN;
  }
  return gap / largest;
}

/** The weights as the compiled network wants them: in the written order, name for name and shape for shape. */
function checkOrder({ variables }: CompiledNetwork): void {
  const ours = variables.filter(({ role }) => role !== 'optimizer').map(({ name, shape }) => `${name} ${shape.join('×')}`);
  // The file's header keeps the order in which Python wrote them.
  const written = Object.entries(weights).map(([name, { shape }]) => `${name} ${shape.join('×')}`);
  const at = written.findIndex((line, index) => line !== ours[index]);
  if (at >= 0 || ours.length !== written.length)
    throw new Error(`Weight ${at + 1} is "${ours[at]}" here and "${written[at]}" in the order.`);
}

function checkShapes(analysis: NetworkAnalysis, size: number, format: DataFormat): number {
  const ours = shapesOf(analysis);
  let count = 0;
  for (const reference of ['keras', 'torch']) {
    const all = JSON.parse(readFileSync(join(folder, `${reference}-${size}.json`), 'utf8')) as Record<string, Record<string, number[]>>;
    const theirs = all[format];
    if (!theirs) continue;
    if (Object.keys(theirs).length !== Object.keys(ours).length)
      throw new Error(`${reference} has ${Object.keys(theirs).length} values, here are ${Object.keys(ours).length}.`);
    for (const [name, shape] of Object.entries(theirs)) {
      if (ours[name]?.join('×') !== shape.join('×'))
        throw new Error(`${name} is ${ours[name]?.join('×')} here and ${shape.join('×')} in ${reference}, at ${size}.`);
      count += 1;
    }
  }
  return count;
}

function channelsFirst({ shape, data }: TensorData): TensorData {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const turned = toChannelsFirst(Float32Array.from(data), [height, width, channels]);
  return { dtype: 'float32', shape: [batch, channels, height, width], data: turned };
}

async function withSession(backend: Backend, network: CompiledNetwork, body: (session: Session) => Promise<void>): Promise<void> {
  const session = await backend.load(network);
  try {
    await session.initialize(weights);
    await body(session);
  } finally {
    session.dispose();
  }
}

async function compareSize(backend: Backend, size: number, format: DataFormat): Promise<number> {
  const { analysis, network } = compiled(logitsNetwork(settings, size, format), settings.momentum);
  checkOrder(network);
  const shapes = checkShapes(analysis, size, format);
  const { images, labels } = read(`batch-${size}`) as { images: TensorData; labels: TensorData };
  const inputs = { image: format === 'channelsFirst' ? channelsFirst(images) : images };
  const references = ['keras', 'torch'].map((name) => ({ name, expected: read(`${name}-${size}`) }));
  const where = (name: string) => `${settings.kind} ${settings.layers} at ${size}, ${format}, ${backend.name} against ${name}`;
  const compare = (what: string, key: string, received: TensorData | undefined) => {
    for (const { name, expected } of references) agree(what, where(name), received, expected[key]);
  };
  await withSession(backend, network, async (session) => {
    const before = (await session.predict(inputs))['classes'];
    compare('logits in inference', 'before', before);
    const first = references[0]?.expected['channelsFirst'];
    if (first && before) agree('logits of Keras’s channels-first', where('keras'), before, first);
    if (settings.steps === 0) return;
    const losses: number[] = [];
    for (let step = 0; step < settings.steps; step += 1)
      losses.push(
        (await session.train({ inputs, targets: { classes: labels } }, { learningRate: settings.learningRate, seed: [1, step] })).loss,
      );
    compare('losses', 'losses', { dtype: 'float32', shape: [losses.length], data: Float32Array.from(losses) });
    const after = (await session.predict(inputs))['classes'];
    compare('logits after training', 'after', after);
    if (before && after && !(distance(after, before) > SEEN)) throw new Error(`${where('itself')}: the steps changed next to nothing.`);
  });
  return shapes;
}

/** In every block with an identity shortcut the last convolution is zero: the block gives what it is given, bit for bit. */
async function compareIdentity(backend: Backend, size: number): Promise<number> {
  const { analysis, network } = compiled(logitsNetwork(settings, size, 'channelsLast'));
  const projected = new Set(Object.keys(weights).flatMap((name) => /^(.*)\/shortcut\/kernel$/.exec(name)?.[1] ?? []));
  const last = Object.keys(weights).some((name) => name.endsWith('/conv3/kernel')) ? 'conv3' : 'conv2';
  const blocks = Object.keys(weights)
    .flatMap((name) => new RegExp(`^(.*)/${last}/kernel$`).exec(name)?.[1] ?? [])
    .filter((name) => !projected.has(name));
  const zeroed = Object.entries(weights).map(([name, tensor]) =>
    blocks.some((block) => name === `${block}/${last}/kernel`)
      ? [name, { ...tensor, data: new Float32Array(tensor.data.length) }]
      : [name, tensor],
  );
  const pathOf = (name: string) => [...analysis.flat.nodes.values()].find((node) => node.name === name)?.path as string;
  const session = await backend.load(network);
  try {
    await session.initialize(Object.fromEntries(zeroed) as Tensors);
    const { images } = read(`batch-${size}`) as { images: TensorData };
    const seen = await session.inspect({ image: images });
    for (const block of blocks) {
      const given = seen[activationKey(pathOf(`${block}/shortcut`), 'shortcut')];
      const taken = seen[activationKey(pathOf(`${block}/add`), 'y')];
      if (!given || !taken || distance(taken, given) !== 0)
        throw new Error(`${block} with a last convolution of zeros is no identity in ${backend.name}.`);
      const moved = seen[activationKey(pathOf(`${block}/${last === 'conv3' ? 'conv2' : 'conv1'}`), 'y')];
      if (!moved?.data.some((value) => value !== 0)) throw new Error(`${block}: nothing went through its main path.`);
    }
  } finally {
    session.dispose();
  }
  return blocks.length;
}

const makers = { tensorflow: createTensorFlowBackend, onnxruntime: createOnnxruntimeBackend };

async function main(): Promise<void> {
  let [shapes, identities] = [0, 0];
  for (const engine of settings.engines) {
    const backend = makers[engine]();
    for (const size of settings.sizes) shapes += await compareSize(backend, size, 'channelsLast');
    shapes += await compareSize(backend, settings.sizes[0] as number, 'channelsFirst');
    const [small] = settings.sizes.filter((size) => size <= LARGEST_LOOKED_INTO);
    if (small !== undefined) identities += await compareIdentity(backend, small);
  }
  process.stdout.write(`${JSON.stringify({ weights: Object.keys(weights).length, shapes, identities, worst })}\n`);
}

void main();
