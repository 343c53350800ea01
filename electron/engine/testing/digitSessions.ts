import { expect } from 'vitest';
import type { SkipDocument } from '../../../shared/document/document';
import { analyze } from '../../../shared/infer/analyze';
import { findLayer } from '../../../shared/layers/index';
import { compileNetwork, type CompileOptions } from '../../../shared/program/compile';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import { initialValues } from '../../../shared/program/initialize';
import type { OptimizerSettings } from '../../../shared/program/optimizers';
import type { Program } from '../../../shared/program/program';
import { relativeDifference } from '../../../shared/testing/closeTo';
import { spread } from '../../../shared/testing/gradientProgram';
import { array, filled } from '../../../shared/testing/reference/array';
import { evaluateProgram, type NumberArrays } from '../../../shared/testing/reference/evaluate';
import type { Batch, Session, TensorData, Tensors } from '../backend';

export const MOMENTUM: OptimizerSettings = { kind: 'sgd', momentum: 0.9, nesterov: false };
export const ADAM: OptimizerSettings = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
export const RATE = 0.05;
export const STEPS = 10;

/** The residual network of 8×8 images, or another, with its programs for training and looking inside. */
export function compiled(
  document: SkipDocument,
  optimizer = MOMENTUM,
  objectives: NonNullable<CompileOptions['training']>['objectives'] = [],
): CompiledNetwork {
  const result = compileNetwork(analyze(document), { findLayer, looking: true, training: { optimizer, objectives } });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The values with which a network's training begins, under seed 1. */
export function startOf({ variables }: CompiledNetwork): Tensors {
  const values = initialValues(variables, 1);
  return Object.fromEntries(variables.map(({ name, shape }) => [name, float(shape, values[name] as Float32Array)]));
}

export function float(shape: readonly number[], data: ArrayLike<number>): TensorData {
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

export function int(shape: readonly number[], data: ArrayLike<number>): TensorData {
  return { dtype: 'int32', shape, data: Int32Array.from(data) };
}

/** Another batch of 8×8 images for each step; labels that can be learned. */
export function batchOf(step: number, size = 6): Batch {
  const labels = Int32Array.from({ length: size }, (_, index) => (index + step) % 3);
  const noise = spread([size, 8, 8, 1], `batch ${step}`);
  const image = filled(noise.shape, ([n = 0, row = 0]) => (row % 3 === labels[n] ? 1 : 0)).data.map(
    (value, offset) => value + (noise.data[offset] as number) / 4,
  );
  return { inputs: { image: float(noise.shape, image) }, targets: { digit: int([size], labels) } };
}

/** Trains from one step to another; the loss of each. */
export async function train(session: Session, from: number, to: number): Promise<readonly number[]> {
  const losses: number[] = [];
  for (let step = from; step < to; step++) losses.push((await session.train(batchOf(step), { learningRate: RATE, seed: [1, step] })).loss);
  return losses;
}

export function numbers(tensors: Tensors): NumberArrays {
  return Object.fromEntries(Object.entries(tensors).map(([name, { shape, data }]) => [name, array(shape, data)]));
}

/** The same steps in float64. */
export function trainReference(network: CompiledNetwork): { losses: readonly number[]; variables: NumberArrays } {
  let variables = numbers(startOf(network));
  const losses = Array.from({ length: STEPS }, (_, step) => {
    const { inputs, targets } = batchOf(step);
    const fed = { image: inputs['image'], digit: targets['digit'] } as Record<'image' | 'digit', TensorData>;
    const values = numbers({ 'input/image': fed.image, 'target/digit': fed.digit, learningRate: float([], [RATE]) });
    const run = evaluateProgram(network.programs.train as Program, values, variables);
    variables = run.variables;
    return run.outputs['loss']?.data[0] as number;
  });
  return { losses, variables };
}

/** Every variable by name, within 1e-4 of its size (at least 1e-2). */
export function expectClose(received: Tensors, expected: Readonly<Record<string, { readonly data: ArrayLike<number> }>>): void {
  expect(Object.keys(received).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, { data }] of Object.entries(expected)) {
    expect({ name, far: relativeDifference(received[name]?.data ?? [], data, 1e-2) >= 1e-4 }).toEqual({ name, far: false });
  }
}
