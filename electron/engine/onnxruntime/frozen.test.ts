import { describe, expect, it } from 'vitest';
import type { SkipDocument } from '../../../shared/document/document';
import { analyze } from '../../../shared/infer/analyze';
import { findLayer } from '../../../shared/layers/index';
import { compileNetwork } from '../../../shared/program/compile';
import type { CompiledNetwork } from '../../../shared/program/compiled';
import { initialValues } from '../../../shared/program/initialize';
import { frozenModel } from '../../../shared/program/onnx/model';
import { relativeDifference } from '../../../shared/testing/closeTo';
import { spread } from '../../../shared/testing/gradientProgram';
import { networkOf, residualNetwork } from '../../../shared/testing/networks';
import { array } from '../../../shared/testing/reference/array';
import { evaluateProgram } from '../../../shared/testing/reference/evaluate';
import { loadOnnxruntime } from './library';

function compiled(document: SkipDocument): CompiledNetwork {
  const result = compileNetwork(analyze(document), { findLayer });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function expectPredictions(document: SkipDocument, shape: readonly number[]): Promise<void> {
  const network = compiled(document);
  const weights = initialValues(network.variables, 1);
  const { InferenceSession, Tensor } = loadOnnxruntime();
  const session = await InferenceSession.create(frozenModel(network.programs.predict, weights));
  const image = Float32Array.from(spread(shape, 'image').data);
  const received = await session.run({ image: new Tensor('float32', image, shape) });
  await session.release();
  const variables = Object.fromEntries(
    network.variables.map(({ name, shape: size }) => [name, array(size, weights[name] as Float32Array)]),
  );
  const { outputs } = evaluateProgram(network.programs.predict, { 'input/image': array(shape, image) }, variables);
  for (const [name, { shape: size, data }] of Object.entries(outputs)) {
    const result = received[name.replace('output/', '')];
    expect(result?.dims).toEqual(size);
    expect(relativeDifference(result?.data as Float32Array, data)).toBeLessThan(1e-5);
  }
}

describe('a frozen ONNX model', () => {
  it('predicts on its own', async () => {
    await expectPredictions(residualNetwork(), [3, 8, 8, 1]);
    await expectPredictions(residualNetwork('channelsFirst'), [3, 1, 8, 8]);
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
    expect(() => frozenModel(compiled(residualNetwork()).programs.predict, {})).toThrow(/There are no values for the weight "/);
  });
});
