import type { CompiledNetwork } from '../../../shared/program/compiled';
import type { Program } from '../../../shared/program/program';
import type { Batch, FreezingBackend, Predictor, Session, StepResult, StepSettings, Stopwatch, Tensors } from '../backend';
import {
  feedsForAverage,
  feedsForBatch,
  feedsForInputs,
  stepProgram,
  stepResult,
  stripped,
  variableValues,
  zeros,
  numbersOf,
  plainlyNamed,
} from '../feeds';
import { leastTime } from '../stopwatch';
import type { Device } from './device';
import { loadOnnxruntime } from './library';
import { createFrozenRunner, createRunner, release, type FrozenRunner, type Resident, type Runner } from './runner';
import { transferOf } from './transfer';
import { residentOf, valuesOf } from './variables';

type Library = ReturnType<typeof loadOnnxruntime>;

const NAMES = { cpu: 'onnxruntime', gpu: 'onnxruntime-gpu' } as const;

/**
 * The engine that runs networks as ONNX graphs. Loads the native library; throws `OnnxruntimeUnavailable` where there is none.
 * A run blocks the thread until it is done. Whether there is a GPU, and whether its driver ends the process, shows when the first
 * program is compiled for it.
 */
export function createOnnxruntimeBackend(device: Device = 'cpu'): FreezingBackend {
  const library = loadOnnxruntime();
  return {
    name: NAMES[device],
    version: library.env.versions.node ?? 'of an unknown version',
    load: (network) => Promise.resolve(sessionOf(network, library, device)),
    async freeze(network, weights) {
      return predictorOf(network, await createFrozenRunner(library, network.programs.predict, numbersOf(weights), device));
    },
    stopwatch: (programs) => Promise.resolve(stopwatchOf(programs, library, device)),
  };
}

function stopwatchOf(programs: readonly Program[], library: Library, device: Device): Stopwatch {
  const byName = new Map(programs.map((program) => [program.name, program]));
  return {
    async time(name, feeds) {
      const program = required(byName.get(name), name);
      const runner = await createRunner(library, program, device);
      try {
        const variables = residentOf(library, program.variables, zeros(program.variables));
        return await leastTime(async () => release((await runner.run(feeds, variables)).updated));
      } finally {
        await runner.release();
      }
    },
    dispose: () => undefined,
  };
}

function predictorOf(network: CompiledNetwork, runner: FrozenRunner): Predictor {
  const inTurn = queue();
  let isOpen = true;
  return {
    predict: (inputs) =>
      inTurn(() => {
        if (!isOpen) throw new Error('The model is disposed.');
        return runner.run(plainlyNamed(feedsForInputs(network, network.programs.predict, inputs)));
      }),
    dispose() {
      if (isOpen) void inTurn(() => runner.release());
      isOpen = false;
    },
  };
}

function sessionOf(network: CompiledNetwork, library: Library, device: Device): Session {
  const { programs, variables } = network;
  const compiled = compiledPrograms(library, device);
  const transfer = transferOf(library, variables, device);
  const inTurn = queue();
  let isOpen = true;
  let resident: Resident = new Map();
  const replace = (next: Resident) => {
    release(new Map([...resident].filter(([name, tensor]) => next.get(name) !== tensor)));
    resident = next;
  };

  /** One after another: a step's weights are the next one's. */
  const whileOpen = <T>(job: () => Promise<T> | T): Promise<T> =>
    inTurn(() => {
      if (!isOpen) throw new Error('The session is disposed.');
      return job();
    });
  const run = async (program: Program, feeds: Tensors): Promise<Tensors> => {
    const { outputs, updated } = await (await compiled.get(program)).run(feeds, resident);
    if (updated.size > 0) replace(new Map([...resident, ...updated]));
    return outputs;
  };
  const values = async (): Promise<Tensors> => {
    const isThere = variables.every(({ name }) => resident.has(name));
    return valuesOf(variables, isThere ? await transfer.fromDevice(resident) : resident);
  };
  const step = async (program: Program, batch: Batch, settings?: StepSettings): Promise<StepResult> =>
    stepResult(network, await run(program, feedsForBatch(network, program, batch, settings)), batch);
  const train = async (batch: Batch, settings: StepSettings): Promise<StepResult> => {
    const result = await step(required(stepProgram(network, settings), 'train'), batch, settings);
    if (programs.average) await run(programs.average, feedsForAverage(settings));
    return result;
  };
  const infer = async (program: Program, inputs: Tensors, seed?: StepSettings['seed']): Promise<Tensors> =>
    run(program, feedsForInputs(network, program, inputs, seed));

  return {
    prepare: (name = 'train') =>
      whileOpen(async () => {
        const program = programs[name];
        if (program) await compiled.get(program);
      }),
    initialize: (weights) =>
      whileOpen(async () => {
        replace(await transfer.toDevice(residentOf(library, variables, variableValues(network, weights))));
      }),
    train: (batch, settings) => whileOpen(() => train(batch, settings)),
    evaluate: (batch) => whileOpen(() => step(required(programs.evaluate, 'evaluate'), batch)),
    predict: (inputs) => whileOpen(async () => stripped('output', await infer(programs.predict, inputs))),
    inspect: (inputs, seed) =>
      whileOpen(async () => stripped('activation', await infer(required(programs.inspect, 'inspect'), inputs, seed))),
    activity: (inputs, seed) =>
      whileOpen(async () => stripped('activity', await infer(required(programs.activity, 'activity'), inputs, seed))),
    gradients: (batch) =>
      whileOpen(async () => {
        const program = required(programs.gradients, 'gradients');
        return stripped('gradient', await run(program, feedsForBatch(network, program, batch)));
      }),
    read: () => whileOpen(values),
    dispose() {
      isOpen = false;
      void inTurn(async () => {
        replace(new Map());
        await Promise.all([compiled.release(), transfer.release()]);
      });
    },
  };
}

interface CompiledPrograms {
  get(program: Program): Promise<Runner>;
  release(): Promise<void>;
}

/** Each program is compiled when it is first run: one that only predicts needs no training step. */
function compiledPrograms(library: Library, device: Device): CompiledPrograms {
  const runners = new Map<Program, Runner>();
  return {
    async get(program) {
      const runner = runners.get(program) ?? (await createRunner(library, program, device));
      runners.set(program, runner);
      return runner;
    },
    async release() {
      const all = [...runners.values()];
      runners.clear();
      await Promise.all(all.map((runner) => runner.release()));
    },
  };
}

/** Runs jobs one after another; one that fails does not stop the next. */
function queue(): <T>(job: () => Promise<T> | T) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
}

function required(program: Program | undefined, name: string): Program {
  if (!program) throw new Error(`The network was compiled without "${name}".`);
  return program;
}
