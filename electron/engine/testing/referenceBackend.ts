import type { CompiledNetwork } from '../../../shared/program/compiled';
import type { Program } from '../../../shared/program/program';
import { array, type NumberArray } from '../../../shared/testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../../../shared/testing/reference/evaluate';
import type { Backend, Session, TensorData, Tensors } from '../backend';
import { feedsForAverage, feedsForBatch, feedsForInputs, stepProgram, stepResult, stripped, variableValues } from '../feeds';

/**
 * An engine of plain loops in float64: what the training loop is tested with where no other engine is installed. Slow,
 * and without random layers. Variables are kept as float32, as every engine has them.
 */
export function createReferenceBackend(): Backend {
  return {
    name: 'tensorflow',
    version: 'reference',
    load: (network) => Promise.resolve(sessionOf(network)),
    stopwatch: () => Promise.reject(new Error('The reference is not timed.')),
  };
}

function sessionOf(network: CompiledNetwork): Session {
  let variables: NumberArrays = {};
  let isOpen = true;
  const run = (program: Program | undefined, feeds: (program: Program) => Tensors): Tensors => {
    if (!program || !isOpen) throw new Error(isOpen ? 'The network has no such program.' : 'The session is disposed.');
    const result = evaluateProgram(program, numbers(feeds(program)), variables);
    const guard = program.outputs.find(({ value }) => value.id === program.guard?.id);
    if (!guard || Number.isFinite(result.outputs[guard.name]?.data[0])) variables = numbers(tensorsOf(result.variables));
    const types = new Map(program.outputs.map(({ name, value }) => [name, value.type.dtype]));
    return tensorsOf(result.outputs, types);
  };
  return {
    prepare: () => Promise.resolve(),
    async initialize(weights) {
      variables = numbers(variableValues(network, weights));
      return Promise.resolve();
    },
    train: (batch, settings) =>
      later(() => {
        const outputs = run(stepProgram(network, settings), (program) => feedsForBatch(network, program, batch, settings));
        if (network.programs.average) run(network.programs.average, () => feedsForAverage(settings));
        return stepResult(network, outputs, batch);
      }),
    evaluate: (batch) =>
      later(() =>
        stepResult(
          network,
          run(network.programs.evaluate, (program) => feedsForBatch(network, program, batch)),
          batch,
        ),
      ),
    predict: (inputs) =>
      later(() =>
        stripped(
          'output',
          run(network.programs.predict, (program) => feedsForInputs(network, program, inputs)),
        ),
      ),
    inspect: (inputs, seed) =>
      later(() =>
        stripped(
          'activation',
          run(network.programs.inspect, (program) => feedsForInputs(network, program, inputs, seed)),
        ),
      ),
    activity: (inputs, seed) =>
      later(() =>
        stripped(
          'activity',
          run(network.programs.activity, (program) => feedsForInputs(network, program, inputs, seed)),
        ),
      ),
    gradients: (batch) =>
      later(() =>
        stripped(
          'gradient',
          run(network.programs.gradients, (program) => feedsForBatch(network, program, batch)),
        ),
      ),
    read: () => later(() => tensorsOf(variables)),
    dispose: () => void (isOpen = false),
  };
}

function later<T>(compute: () => T): Promise<T> {
  return new Promise((resolve) => {
    resolve(compute());
  });
}

function numbers(tensors: Tensors): NumberArrays {
  return mapped(tensors, ({ shape, data }) => array(shape, data));
}

function tensorsOf(arrays: NumberArrays, types?: ReadonlyMap<string, TensorData['dtype']>): Tensors {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, { shape, data }]): [string, TensorData] => {
      const dtype = types?.get(name) ?? 'float32';
      return [name, { dtype, shape, data: dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data) }];
    }),
  );
}

function mapped(tensors: Tensors, map: (tensor: TensorData) => NumberArray): NumberArrays {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, map(tensor)]));
}
