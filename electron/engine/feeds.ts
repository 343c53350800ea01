import { SEED } from '../../shared/program/builderOf';
import { withoutPrefix, type CompiledNetwork } from '../../shared/program/compiled';
import { initialValue } from '../../shared/program/initialize';
import { elementsPerPrediction } from '../../shared/program/objective';
import { AVERAGING } from '../../shared/program/optimizers';
import type { NamedType, Program, VariableSpec } from '../../shared/program/program';
import type { Batch, OutputResult, StepResult, StepSettings, TensorData, Tensors } from './backend';
import { checkTargets, checkTensors, TensorMismatch } from './checkTensors';

/** What a program is fed for a batch, by the names of its inputs, everything checked first. */
export function feedsForBatch(network: CompiledNetwork, program: Program, batch: Batch, settings?: StepSettings): Tensors {
  const sizes = new Map<string, number>();
  checkTensors('Input', batch.inputs, network.inputs, sizes);
  checkTargets(batch.targets, network.targets, sizes);
  const all: Tensors = {
    ...prefixed('input', batch.inputs),
    ...prefixed('target', batch.targets),
    learningRate: { dtype: 'float32', shape: [], data: Float32Array.of(settings?.learningRate ?? 0) },
    [SEED]: seedTensor(settings?.seed),
  };
  return needed(program, all);
}

/** What a program without targets is fed; random layers do not draw in inference. */
export function feedsForInputs(network: CompiledNetwork, program: Program, inputs: Tensors, seed?: StepSettings['seed']): Tensors {
  checkTensors('Input', inputs, network.inputs);
  return needed(program, { ...prefixed('input', inputs), [SEED]: seedTensor(seed) });
}

/**
 * All variables from what is given, checked: weights and states must be there, slots of the optimizer start as
 * their rule has it where they are not.
 */
export function variableValues({ variables }: CompiledNetwork, weights: Tensors): Tensors {
  const expected = variables.map(({ name, shape }): NamedType => ({ name, type: { dtype: 'float32', shape } }));
  const fresh = variables.filter(({ name, role }) => role === 'optimizer' && !Object.hasOwn(weights, name));
  const starts = fresh.map((slot): [string, TensorData] => [
    slot.name,
    { dtype: 'float32', shape: slot.shape, data: initialValue(slot, 0) },
  ]);
  const all = { ...weights, ...Object.fromEntries(starts) };
  checkTensors('Weight', all, expected);
  return all;
}

/** The numbers of weights, which all are float32. */
export function numbersOf(weights: Tensors): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(Object.entries(weights).map(([name, { data }]) => [name, data as Float32Array]));
}

/** The same under the names that a program with constant weights has for its inputs: without prefix. */
export function plainlyNamed(feeds: Tensors): Tensors {
  return Object.fromEntries(Object.entries(feeds).map(([name, tensor]) => [withoutPrefix('input', name) ?? name, tensor]));
}

/** Variables that hold nothing but zeros. */
export function zeros(variables: readonly Pick<VariableSpec, 'name' | 'shape'>[]): Tensors {
  return Object.fromEntries(
    variables.map(({ name, shape }): [string, TensorData] => {
      return [name, { dtype: 'float32', shape, data: new Float32Array(shape.reduce((product, size) => product * size, 1)) }];
    }),
  );
}

/** The result of `train` or `evaluate` from the program's outputs. */
export function stepResult({ targets }: CompiledNetwork, outputs: Tensors, batch: Batch): StepResult {
  const results = targets.map((target): [string, OutputResult] => {
    const { name, accuracy } = target;
    const given = batch.targets[name];
    const mask = outputs[`mask/${name}`];
    const prediction = outputs[`prediction/${name}`];
    return [
      name,
      {
        loss: numberOf(outputs, `loss/${name}`),
        correct: accuracy === null ? null : numberOf(outputs, `correct/${name}`),
        count: ((given?.data.length ?? 0) / elementsPerPrediction(target)) * shareThatCounts(mask),
        ...(mask ? { mask } : {}),
        ...(prediction ? { prediction, truth: outputs[`truth/${name}`] ?? given } : {}),
      },
    ];
  });
  return { loss: numberOf(outputs, 'loss'), outputs: Object.fromEntries(results) };
}

function shareThatCounts(mask: TensorData | undefined): number {
  return mask ? (mask.data as Float32Array).reduce((sum, counts) => sum + counts, 0) / mask.data.length : 1;
}

/** The program of a training step: where it only adds up, another one. */
export function stepProgram({ programs }: CompiledNetwork, settings: StepSettings): Program | undefined {
  return settings.accumulates ? programs.accumulate : programs.train;
}

/** What the program that averages the weights is fed. */
export function feedsForAverage(settings: StepSettings): Tensors {
  return { [AVERAGING]: { dtype: 'float32', shape: [], data: Float32Array.of(settings.averageMomentum ?? 0) } };
}

/** The tensors whose names begin with the prefix, without it. */
export function stripped(prefix: string, tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).flatMap(([name, tensor]) => {
      const rest = withoutPrefix(prefix, name);
      return rest === undefined ? [] : [[rest, tensor]];
    }),
  );
}

function prefixed(prefix: string, tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor]));
}

/** The result of a step that was not taken because its loss is not finite. */
export function stepNotTaken({ targets }: CompiledNetwork, loss: number, batch: Batch): StepResult {
  const outputs = targets.map(({ name }): [string, OutputResult] => [
    name,
    { loss, correct: 0, count: batch.targets[name]?.data.length ?? 0 },
  ]);
  return { loss, outputs: Object.fromEntries(outputs) };
}

function seedTensor(seed: StepSettings['seed'] | undefined): TensorData {
  return { dtype: 'int32', shape: [2], data: Int32Array.from(seed ?? [0, 0]) };
}

function needed(program: Program, all: Tensors): Tensors {
  return Object.fromEntries(program.inputs.map(({ name }) => [name, tensorOf(all, name)]));
}

function tensorOf(tensors: Tensors, name: string): TensorData {
  const tensor = tensors[name];
  if (!tensor) throw new TensorMismatch(`"${name}" is missing.`);
  return tensor;
}

function numberOf(tensors: Tensors, name: string): number {
  return Number(tensorOf(tensors, name).data[0]);
}
