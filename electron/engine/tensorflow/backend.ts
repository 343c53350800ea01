import { listed } from '../../../shared/program/compile';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import type { Program } from '../../../shared/program/program';
import { GUARD_MESSAGE } from '../../../shared/program/tensorflow/lowerProgram';
import { INITIALIZE, READ, trainableSavedModel } from '../../../shared/program/tensorflow/savedModel';
import type { Backend, Session } from '../backend';
import {
  feedsForAverage,
  feedsForBatch,
  feedsForInputs,
  stepNotTaken,
  stepProgram,
  stepResult,
  stripped,
  variableValues,
  zeros,
} from '../feeds';
import { loadTensorFlow } from './library';
import { loadSignatures, type Signatures } from './signatures';

/**
 * The engine that runs networks as compiled TensorFlow graphs. Loads the native library; throws
 * `TensorFlowUnavailable` where there is none. Its calls block the thread until TensorFlow is done.
 */
export function createTensorFlowBackend(): Backend {
  const binding = loadTensorFlow();
  return {
    name: 'tensorflow',
    version: binding.TF_Version,
    async stopwatch(programs) {
      const variables = programs.flatMap((program) => program.variables);
      const signatures = await loadSignatures(binding, trainableSavedModel(programs, variables));
      if (variables.length > 0) signatures.run(INITIALIZE, zeros(variables));
      return signatures;
    },
    async load(network) {
      return sessionOf(network, await loadSignatures(binding, trainableSavedModel(listed(network.programs), network.variables)));
    },
  };
}

function sessionOf(network: CompiledNetwork, signatures: Signatures): Session {
  const { programs, variables } = network;
  const run = (program: Program, feeds: Parameters<Signatures['run']>[1]) => signatures.run(program.name, feeds);
  return {
    prepare: (name = 'train') =>
      promised(() => {
        if (name === 'train' && variables.length > 0) signatures.prepare(INITIALIZE);
        const program = programs[name];
        if (program) signatures.prepare(program.name);
      }),
    initialize: (weights) =>
      promised(() => {
        const values = variableValues(network, weights);
        if (variables.length > 0) signatures.run(INITIALIZE, values);
      }),
    train: (batch, settings) =>
      promised(() => {
        const program = required(stepProgram(network, settings), 'train');
        const feeds = feedsForBatch(network, program, batch, settings);
        try {
          const result = stepResult(network, run(program, feeds), batch);
          if (programs.average) run(programs.average, feedsForAverage(settings));
          return result;
        } catch (error) {
          const loss = lossOfGuard(error);
          if (loss === undefined) throw error;
          return stepNotTaken(network, loss, batch);
        }
      }),
    evaluate: (batch) =>
      promised(() => {
        const program = required(programs.evaluate, 'evaluate');
        return stepResult(network, run(program, feedsForBatch(network, program, batch)), batch);
      }),
    predict: (inputs) => promised(() => stripped('output', run(programs.predict, feedsForInputs(network, programs.predict, inputs)))),
    inspect: (inputs, seed) =>
      promised(() => {
        const program = required(programs.inspect, 'inspect');
        return stripped('activation', run(program, feedsForInputs(network, program, inputs, seed)));
      }),
    activity: (inputs, seed) =>
      promised(() => {
        const program = required(programs.activity, 'activity');
        return stripped('activity', run(program, feedsForInputs(network, program, inputs, seed)));
      }),
    gradients: (batch) =>
      promised(() => {
        const program = required(programs.gradients, 'gradients');
        return stripped('gradient', run(program, feedsForBatch(network, program, batch)));
      }),
    read: () => promised(() => (variables.length > 0 ? signatures.run(READ, {}) : {})),
    dispose: () => signatures.dispose(),
  };
}

/** The loss at which the program's guard broke a run off; undefined for every other error. */
function lossOfGuard(error: unknown): number | undefined {
  const message = error instanceof Error ? error.message : String(error);
  if (!message.includes(GUARD_MESSAGE)) return undefined;
  return message.includes('NaN') ? Number.NaN : Number.POSITIVE_INFINITY;
}

/** The native calls are synchronous; what they throw becomes a rejection. */
function promised<T>(compute: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(compute());
  });
}

function required(program: Program | undefined, name: string): Program {
  if (!program) throw new Error(`The network was compiled without "${name}".`);
  return program;
}
