import { afterEach, describe, expect, it } from 'vitest';
import type { SkipDocument } from '../../shared/document/document';
import { analyze } from '../../shared/infer/analyze';
import { findLayer } from '../../shared/layers/index';
import { compileNetwork } from '../../shared/program/compile';
import type { CompiledNetwork } from '../../shared/program/compiled';
import { initialValues } from '../../shared/program/initialize';
import type { Program } from '../../shared/program/program';
import { randomOf } from '../../shared/program/random';
import { relativeDifference } from '../../shared/testing/closeTo';
import { recurrentNetwork, SEQUENCES, transformerNetwork } from '../../shared/testing/networks';
import { array, type NumberArray } from '../../shared/testing/reference/array';
import { evaluateProgram } from '../../shared/testing/reference/evaluate';
import type { Backend, Batch, Session, TensorData, Tensors } from './backend';
import { createOnnxruntimeBackend } from './onnxruntime/backend';
import { createTensorFlowBackend } from './tensorflow/backend';
import { titled, whyNoTensorFlow } from './tensorflow/installed';

const RATE = 0.02;
const STEPS = 10;
const BATCH = 16;
/** float32 against float64 over ten steps, in each of which an error is carried on. */
const TOLERANCE = 1e-4;

const open: Session[] = [];
afterEach(() => {
  for (const session of open.splice(0)) session.dispose();
});

function compiled(document: SkipDocument): CompiledNetwork {
  const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-3 } as const;
  const result = compileNetwork(analyze(document), { findLayer, training: { optimizer, objectives: [] } });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Random tokens; the class is the order in which tokens 0 and 1 come first, or that neither comes. */
function batchOf(step: number): Batch & { readonly inputs: { readonly tokens: TensorData } } {
  const random = randomOf(7, `sequence ${step}`);
  const tokens = Int32Array.from({ length: BATCH * SEQUENCES.steps }, () => random.below(SEQUENCES.tokens / 2));
  const kinds = Int32Array.from({ length: BATCH }, (_, sample) => {
    const row = tokens.subarray(sample * SEQUENCES.steps, (sample + 1) * SEQUENCES.steps);
    const first = row.find((token) => token <= 1);
    return first ?? 2;
  });
  return {
    inputs: { tokens: { dtype: 'int32', shape: [BATCH, SEQUENCES.steps], data: tokens } },
    targets: { kind: { dtype: 'int32', shape: [BATCH], data: kinds } },
  };
}

function startOf({ variables }: CompiledNetwork): Tensors {
  const values = initialValues(variables, 5);
  return Object.fromEntries(variables.map(({ name, shape }) => [name, { dtype: 'float32', shape, data: values[name] as Float32Array }]));
}

async function train(network: CompiledNetwork, backend: Backend, steps: number): Promise<{ losses: number[]; variables: Tensors }> {
  const session = await backend.load(network);
  open.push(session);
  await session.initialize(startOf(network));
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) losses.push((await session.train(batchOf(step), { learningRate: RATE, seed: [1, step] })).loss);
  return { losses, variables: await session.read() };
}

/** The same steps in float64. */
function trainReference(network: CompiledNetwork): { losses: number[]; variables: Readonly<Record<string, NumberArray>> } {
  const numbers = ({ shape, data }: TensorData) => array(shape, data);
  let variables = Object.fromEntries(Object.entries(startOf(network)).map(([name, tensor]) => [name, numbers(tensor)]));
  const losses = Array.from({ length: STEPS }, (_, step) => {
    const { inputs, targets } = batchOf(step);
    const fed = {
      'input/tokens': numbers(inputs.tokens),
      'target/kind': numbers(targets['kind'] as TensorData),
      learningRate: array([], [RATE]),
    };
    const run = evaluateProgram(network.programs.train as Program, fed, variables);
    variables = { ...run.variables };
    return run.outputs['loss']?.data[0] as number;
  });
  return { losses, variables };
}

const networks: Readonly<Record<string, () => SkipDocument>> = {
  'a small text transformer': transformerNetwork,
  'an LSTM classifier': () => recurrentNetwork('lstm'),
  'a GRU classifier': () => recurrentNetwork('gru'),
  'a bidirectional LSTM classifier': () => recurrentNetwork('bidirectional'),
};
const missing = whyNoTensorFlow();

async function expectReference(document: SkipDocument, backend: Backend): Promise<void> {
  const network = compiled(document);
  const received = await train(network, backend, STEPS);
  const expected = trainReference(network);
  expect(relativeDifference(received.losses, expected.losses)).toBeLessThan(TOLERANCE);
  for (const [name, { data }] of Object.entries(expected.variables)) {
    const far = relativeDifference(received.variables[name]?.data ?? [], data, 1e-2);
    expect({ name, far: far < TOLERANCE ? 0 : far }).toEqual({ name, far: 0 });
  }
}

describe.each(Object.entries(networks))(
  '%s over tokens makes ten steps as in float64 – losses, weights and slots –',
  (_title, document) => {
    it.skipIf(missing)(titled('in TensorFlow', missing), () => expectReference(document(), createTensorFlowBackend()));

    it('in onnxruntime', () => expectReference(document(), createOnnxruntimeBackend()));
  },
);

it('an LSTM classifier learns which of two tokens comes first', async () => {
  const { losses } = await train(compiled(recurrentNetwork('lstm')), createOnnxruntimeBackend(), 400);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(losses.slice(0, 20))).toBeGreaterThan(0.8);
  expect(mean(losses.slice(-20))).toBeLessThan(0.2);
});
