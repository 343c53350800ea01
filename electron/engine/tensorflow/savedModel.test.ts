import { describe, expect, it } from 'vitest';
import { analyze } from '../../../shared/infer/analyze';
import { findLayer } from '../../../shared/layers/index';
import type { SkipDocument } from '../../../shared/document/document';
import { compileNetwork } from '../../../shared/program/compile';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import { initialValues } from '../../../shared/program/initialize';
import { frozenSavedModel } from '../../../shared/program/tensorflow/savedModel';
import { relativeDifference } from '../../../shared/testing/closeTo';
import { spread } from '../../../shared/testing/gradientProgram';
import { networkOf, residualNetwork } from '../../../shared/testing/networks';
import { array } from '../../../shared/testing/reference/array';
import { evaluateProgram } from '../../../shared/testing/reference/evaluate';
import type { TensorData } from '../backend';
import { titled, whyNoTensorFlow } from './installed';
import { loadTensorFlow } from './library';
import { loadSignatures } from './signatures';

const missing = whyNoTensorFlow();

function compiled(document: SkipDocument): CompiledNetwork {
  const result = compileNetwork(analyze(document), { findLayer });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function expectPredictions(document: SkipDocument, shape: readonly number[]): Promise<void> {
  const network = compiled(document);
  const weights = initialValues(network.variables, 1);
  const signatures = await loadSignatures(loadTensorFlow(), frozenSavedModel({ serving_default: network.programs.predict }, weights));
  const image: TensorData = { dtype: 'float32', shape, data: Float32Array.from(spread(shape, 'image').data) };
  const received = signatures.run('serving_default', { image });
  signatures.dispose();
  const variables = Object.fromEntries(
    network.variables.map(({ name, shape: size }) => [name, array(size, weights[name] as Float32Array)]),
  );
  const { outputs } = evaluateProgram(network.programs.predict, { 'input/image': array(shape, image.data) }, variables);
  for (const [name, { data }] of Object.entries(outputs)) {
    expect(relativeDifference(received[name.replace('output/', '')]?.data ?? [], data)).toBeLessThan(1e-5);
  }
}

describe.skipIf(missing)(titled('a frozen SavedModel', missing), () => {
  it('predicts without being initialised', async () => {
    await expectPredictions(residualNetwork(), [3, 8, 8, 1]);
  });

  it('takes images of any size where the network does', async () => {
    const anySize = networkOf(
      {
        image: ['input', { shape: ['H', 'W', 2] }],
        conv: ['conv2d', { filters: 4, kernelSize: [3, 3], strides: [2, 2], padding: 'consistent' }],
        norm: ['preActivation'],
        max: ['maxPooling2d', { poolSize: [2, 2] }],
        scores: ['conv2d', { filters: 3, kernelSize: [1, 1] }],
        map: ['output'],
        pool: ['globalAveragePooling2d'],
        whole: ['output'],
      },
      ['image → conv → norm → max → scores → map', 'scores → pool → whole'],
    );
    await expectPredictions(anySize, [2, 11, 9, 2]);
    await expectPredictions(anySize, [1, 8, 16, 2]);
  });

  it('needs a value for every weight', () => {
    const network = compiled(residualNetwork());
    expect(() => frozenSavedModel({ serving_default: network.programs.predict }, {})).toThrow(/There are no values for the weight "/);
  });
});
