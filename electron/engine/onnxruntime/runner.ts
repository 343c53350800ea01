import type { Tensor } from 'onnxruntime-node';
import type { DType } from '../../../shared/graph/tensor';
import { withoutPrefix } from '../../../shared/program/compiled';
import { blockProbe, frozenModel, stepModel, type VariablePort } from '../../../shared/program/onnx/model';
import { WEBGPU } from '../../../shared/program/onnx/webgpu';
import type { Program } from '../../../shared/program/program';
import type { TensorData, Tensors } from '../backend';
import { compileModel, optionsFor, type Device } from './device';
import type { loadOnnxruntime } from './library';

type Library = ReturnType<typeof loadOnnxruntime>;

/** Tensors of the variables by name, in the form in which the models take them. */
export type Resident = ReadonlyMap<string, Tensor>;

/** What a run gives: the outputs, and the new values of the variables that it changes. */
export interface RunResult {
  readonly outputs: Tensors;
  readonly updated: Resident;
}

/** A program inside onnxruntime. It keeps nothing between runs. */
export interface Runner {
  run(feeds: Tensors, variables: Resident): Promise<RunResult>;
  release(): Promise<void>;
}

/** A program with its weights inside onnxruntime; inputs and outputs by the network's names. */
export interface FrozenRunner {
  run(feeds: Tensors): Promise<Tensors>;
  release(): Promise<void>;
}

/** Compiles a program whose weights are constants. */
export async function createFrozenRunner(
  library: Library,
  program: Program,
  values: Readonly<Record<string, Float32Array>>,
  device: Device = 'cpu',
): Promise<FrozenRunner> {
  const session = await compileModel(library, frozenModel(program, values, device === 'gpu' ? WEBGPU : {}), optionsFor(device));
  const outputs = program.outputs.map(({ name, value }) => [withoutPrefix('output', name) ?? name, value.type.dtype] as const);
  return {
    async run(feeds) {
      const results = await session.run(mapRecord(feeds, (tensor) => tensorOf(library, tensor)));
      return Object.fromEntries(outputs.map(([name, dtype]) => [name, dataOf(results[name] as Tensor, dtype)]));
    },
    release: () => session.release(),
  };
}

/** Compiles a program. The new values of its variables stay in the memory of the device. */
export async function createRunner(library: Library, program: Program, device: Device = 'cpu'): Promise<Runner> {
  const model = stepModel(program, device === 'cpu' ? { imageBlock: await imageBlock(library) } : WEBGPU);
  const { variables } = model;
  const kept = variables.flatMap(({ output }) => output ?? []);
  const session = await compileModel(library, model.bytes, optionsFor(device, { kept, onCpu: model.notForWebgpu }));
  const changed = variables.filter(({ output }) => output !== undefined);
  const guard = program.outputs.find(({ value }) => value.id === program.guard?.id)?.name;
  const passes = (results: Readonly<Record<string, Tensor>>) => guard === undefined || Number.isFinite(results[guard]?.data[0]);
  return {
    async run(feeds, resident) {
      const fed = { ...mapRecord(feeds, (tensor) => tensorOf(library, tensor)), ...fedVariables(variables, resident) };
      const results = await session.run(fed);
      const updated = new Map(changed.map(({ variable, output }) => [variable, results[output as string] as Tensor]));
      if (!passes(results)) release(updated);
      return {
        outputs: Object.fromEntries(program.outputs.map(({ name, value }) => [name, dataOf(results[name] as Tensor, value.type.dtype)])),
        updated: passes(results) ? updated : new Map(),
      };
    },
    release: () => session.release(),
  };
}

/** Gives back what tensors take in a GPU's memory, of which JavaScript's collector knows nothing; they are of no use then. */
export function release(tensors: Resident): void {
  for (const tensor of tensors.values()) if (tensor.location === 'gpu-buffer') tensor.dispose();
}

let block: Promise<number | undefined> | undefined;

/** Channels of a block of the runtime on this processor; undefined where it has none. */
function imageBlock(library: Library): Promise<number | undefined> {
  block ??= askForBlock(library).catch(() => undefined);
  return block;
}

async function askForBlock(library: Library): Promise<number | undefined> {
  const session = await compileModel(library, blockProbe(), { ...optionsFor('cpu'), logSeverityLevel: 4 });
  try {
    const { y } = await session.run({ x: new library.Tensor('float32', new Float32Array(4), [1, 4, 1, 1]) });
    const channels = y?.dims[1] ?? 0;
    return channels > 1 ? channels : undefined;
  } finally {
    await session.release();
  }
}

function fedVariables(variables: readonly VariablePort[], resident: Resident): Record<string, Tensor> {
  return Object.fromEntries(
    variables.map(({ variable, input }) => {
      const tensor = resident.get(variable);
      if (!tensor) throw new Error(`The session is not initialised: "${variable}" has no value.`);
      return [input, tensor];
    }),
  );
}

/** A tensor over the given numbers; they are not copied. */
export function tensorOf({ Tensor: make }: Library, { dtype, shape, data }: TensorData): Tensor {
  return new make(dtype, data, shape);
}

/** The numbers of a tensor; they are not copied. */
export function dataOf(tensor: Tensor, dtype: DType): TensorData {
  return { dtype, shape: tensor.dims, data: tensor.data as TensorData['data'] };
}

function mapRecord<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
