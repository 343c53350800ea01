import type { TensorType } from '../../shared/graph/tensor';
import type { CompiledNetwork } from '../../shared/program/compiled';
import { memoryByLayer, sizesAt } from '../../shared/program/memory';
import { profileParts, type ProfilePart } from '../../shared/program/profileParts';
import type { Phase } from '../../shared/program/phases';
import type { Program } from '../../shared/program/program';
import { randomOf } from '../../shared/program/random';
import type { Profile } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { evaluateDim } from '../../shared/graph/dim';
import type { Backend, Batch, TensorData, Tensors } from './backend';
import { estimatedAs } from './memoryNeed';
import { leastTime } from './stopwatch';
import { freshWeights, yieldToMessages } from './training';

/** Which run is measured, and of how many samples. */
export interface ProfileRequest {
  readonly program: Profile['program'];
  readonly batchSize: number;
  readonly signal?: AbortSignal;
  /** Hears of how many different operations how many are measured. */
  tell?(done: number, total: number): void;
}

/**
 * Time and memory of each layer in a step (or prediction). Each different operation is timed alone in the engine, and the times are
 * scaled so that together they are the whole run's, which is measured as well: neither engine tells what it spends where, and
 * alone an operation finds its operands less often in the cache. Memory is what each layer's values take when the run takes the most.
 * Forward, backward and the optimizer's step are apart. Throws E_STOPPED once `signal` says so.
 */
export async function profileNetwork(backend: Backend, network: CompiledNetwork, request: ProfileRequest): Promise<Profile> {
  const { batchSize, signal } = request;
  const program = network.programs[request.program];
  if (!program) throw new RpcError('E_NO_PROGRAM', 'None of the outputs learns: there is no training step to measure.');
  const whole = await wholeRun(backend, network, program, request);
  const { parts, uses } = profileParts(program, batchSize);
  await breath(signal);
  const times = await partTimes(backend, parts, request);
  const alone = uses.reduce((sum, { part }) => sum + (times[part] as number), 0);
  const byLayer = new Map<string | undefined, Record<Phase, number>>();
  for (const { part, origin, phase } of uses) {
    const layer = byLayer.get(origin) ?? { forward: 0, backward: 0, update: 0 };
    layer[phase] += times[part] as number;
    byLayer.set(origin, layer);
  }
  const memory = memoryByLayer(program, batchSize, estimatedAs(backend.name));
  const paths = new Set([...byLayer.keys(), ...memory.keys()]);
  const scale = alone > 0 ? whole / alone : 0;
  const rows = [...paths].map((path) => {
    const { forward = 0, backward = 0, update = 0 } = byLayer.get(path) ?? {};
    return {
      path: path ?? null,
      milliseconds: (forward + backward + update) * scale,
      forward: forward * scale,
      backward: backward * scale,
      update: update * scale,
      bytes: memory.get(path) ?? 0,
    };
  });
  return {
    engine: `${backend.name} ${backend.version}`,
    program: request.program,
    batchSize,
    milliseconds: whole,
    alone,
    rows: rows.sort((a, b) => b.milliseconds - a.milliseconds),
  };
}

async function wholeRun(backend: Backend, network: CompiledNetwork, program: Program, { batchSize }: ProfileRequest): Promise<number> {
  const batch = madeUpBatch(network, program, batchSize);
  const session = await backend.load(network);
  try {
    await session.initialize(freshWeights(network, 1));
    const isStep = program === network.programs.train;
    return await leastTime(() => (isStep ? session.train(batch, { learningRate: 0, seed: [0, 0] }) : session.predict(batch.inputs)));
  } finally {
    session.dispose();
  }
}

/** Samples and targets of the right shapes and of no meaning. */
export function madeUpBatch(network: CompiledNetwork, program: Program, batchSize: number): Batch {
  const sizes = sizesAt(program, batchSize);
  const tensors = (types: CompiledNetwork['inputs']): Tensors =>
    Object.fromEntries(types.map(({ name, type }) => [name, blank(sized(type, sizes))]));
  return { inputs: tensors(network.inputs), targets: tensors(network.targets) };
}

/** What a run costs that computes nothing is no operation's. */
async function partTimes(backend: Backend, parts: readonly ProfilePart[], { signal, tell }: ProfileRequest): Promise<readonly number[]> {
  const idle: ProfilePart = { program: emptyProgram(), inputs: { x: { dtype: 'float32', shape: [1] } } };
  const stopwatch = await backend.stopwatch([idle, ...parts].map(({ program }) => program));
  try {
    const timed = ({ program, inputs }: ProfilePart) =>
      stopwatch.time(program.name, Object.fromEntries(Object.entries(inputs).map(([name, type]) => [name, blank(type)])));
    const overhead = await timed(idle);
    const times: number[] = [];
    for (const part of parts) {
      tell?.(times.length, parts.length);
      await breath(signal);
      times.push(Math.max(0, (await timed(part)) - overhead));
    }
    return times;
  } finally {
    stopwatch.dispose();
  }
}

/** The calls are synchronous: in between the process hears, answers, and may be told to stop. */
async function breath(signal: AbortSignal | undefined): Promise<void> {
  await yieldToMessages();
  if (signal?.aborted) throw new RpcError('E_STOPPED', 'The measurement was stopped.');
}

function emptyProgram(): Program {
  const type: TensorType = { dtype: 'float32', shape: [1] };
  const [x, y] = [
    { id: 0, type },
    { id: 1, type },
  ] as const;
  return {
    name: 'idle',
    inputs: [{ name: 'x', value: x }],
    variables: [],
    operations: [{ primitive: 'relu', inputs: [x], attributes: {}, outputs: [y] }],
    outputs: [{ name: 'y', value: y }],
    updates: [],
  };
}

function sized({ dtype, shape }: TensorType, sizes: Readonly<Record<string, number>>): TensorType {
  return { dtype, shape: shape.map((dim) => evaluateDim(dim, sizes) ?? 1) };
}

/** Numbers between a tenth and 1, of which every function has a value; of whole numbers zeros, which are valid indices. */
function blank({ dtype, shape }: TensorType): TensorData {
  const sizes = shape as readonly number[];
  const count = sizes.reduce((product, size) => product * size, 1);
  if (dtype === 'int32') return { dtype, shape: sizes, data: new Int32Array(count) };
  if (dtype === 'bool') return { dtype, shape: sizes, data: new Uint8Array(count) };
  const random = randomOf(1, 'profile');
  const period = Float32Array.from({ length: Math.min(count, 4099) }, () => 0.1 + 0.9 * random.uniform());
  const data = new Float32Array(count);
  data.set(period);
  for (let filled = period.length; filled < count; filled *= 2) data.copyWithin(filled, 0, filled);
  return { dtype, shape: sizes, data };
}
