import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatShape, type DataFormat } from '../graph/tensor';
import { analyze } from '../infer/analyze';
import type { ExportedFile } from '../export/exporter';
import { tfjs } from '../export/tfjs/tfjs';
import { compileNetwork } from '../program/compile';
import { relativeDifference } from '../testing/closeTo';
import { constrainedCases } from '../testing/constrainedCases';
import { exampleInput, exampleWeights, networkOfExample } from '../testing/exampleNetwork';
import { layerCases, type LayerCase } from '../testing/layerCases';
import { layerVariants } from '../testing/layerVariants';
import { layerFormulas } from '../testing/layerFormulas';
import { networkOf } from '../testing/networks';
import { evaluateProgram } from '../testing/reference/evaluate';
import type { TensorData, Weights } from '../weights/weights';
import type { AnyLayer, LayerExample } from './define';
import { allLayers, findLayer } from './index';
import { parseParams } from './parse';

beforeAll(() => tf.setBackend('cpu'));

const BATCH = 2;

function compiled(document: ReturnType<typeof networkOf>) {
  const result = compileNetwork(analyze(document), { findLayer });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const cases = allLayers
  .filter(({ type }) => type !== 'input' && type !== 'output')
  .flatMap((layer) => [...layerCases(layer), ...layerVariants(layer), ...constrainedCases(layer).slice(0, 1)]);
const titled = (given: LayerCase) => [given.title, given] as const;

describe('every example of every layer, and every corner of its window', () => {
  it.each(cases.filter(({ isCorner }) => !isCorner).map(titled))('%s: has the shape that it says', (_, { layer, example }) => {
    const analysis = analyze(networkOfExample(layer, example));
    // Some examples are there to show what good practice warns of.
    expect(analysis.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const outputs = analysis.nodes.get('layer')?.outputs ?? {};
    expect(Object.fromEntries(Object.entries(outputs).map(([port, type]) => [port, formatShape(type.shape)]))).toEqual(
      Object.fromEntries(Object.entries(example.outputs).map(([port, shape]) => [port, shape.slice(1).join('×')])),
    );
  });

  it.each(cases.map(titled))(
    '%s: computes what TensorFlow.js computes, by its own layer from the Keras record or else by its operations',
    async (_, { layer, example }) => {
      const document = networkOfExample(layer, example);
      const analysis = analyze(document);
      const network = compiled(document);
      const weights = exampleWeights(network.variables);
      const exported = tfjs.files({ name: 'example', document, analysis, weights });
      const inputs = Object.fromEntries(
        network.inputs.map(({ name, type }) => [name, exampleInput(name, type, [BATCH, ...(type.shape.slice(1) as number[])])]),
      );

      const ours = evaluateProgram(
        network.programs.predict,
        Object.fromEntries(Object.entries(inputs).map(([name, { data }]) => [`input/${name}`, array(data, inputs[name]?.shape ?? [])])),
        Object.fromEntries(Object.entries(weights).map(([name, { shape, data }]) => [name, array(data, shape)])),
      );
      const theirs = exported.ok
        ? await predictWithTfjs(exported.value, Object.values(inputs))
        : [computeByFormula(layer, example, Object.values(inputs), weights)];

      network.outputs.forEach(({ name }, index) => {
        const received = ours.outputs[`output/${name}`];
        expect(theirs[index]?.shape).toEqual(received?.shape);
        expect(relativeDifference(received?.data ?? [], theirs[index]?.data ?? [])).toBeLessThan(2e-5);
      });
    },
  );
});

function array(data: ArrayLike<number>, shape: readonly number[]) {
  return { shape: [...shape], data: Float64Array.from(data) };
}

function modelJsonOf(files: readonly ExportedFile[]) {
  const bytes = files.find((file) => file.name === 'model.json')?.bytes as Uint8Array;
  return JSON.parse(new TextDecoder().decode(bytes)) as {
    modelTopology: { model_config: { config: { layers: { class_name: string }[] } } };
    weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  };
}

/** Keras has more layers than TensorFlow.js: those say so by `notInTfjs`. */
function isKnownToTfjs(files: readonly ExportedFile[]): boolean {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  return modelJsonOf(files).modelTopology.model_config.config.layers.every(({ class_name }) => class_name in classNameMap);
}

/** By the formula in TensorFlow.js's operations. */
function computeByFormula(
  layer: AnyLayer,
  { params = {}, dataFormat = 'channelsLast' }: LayerExample,
  inputs: readonly TensorData[],
  weights: Weights,
) {
  const formula = layerFormulas[layer.type];
  const parsed = parseParams(layer, params as never);
  if (!formula || !parsed.ok) throw new Error(`Neither TensorFlow.js's layers nor layerFormulas.ts know ${layer.type}.`);
  const result = formula({
    inputs: inputs.map(tensorOf),
    weights: Object.fromEntries(
      Object.entries(weights).map(([name, { data, shape }]) => [name.replace('layer/', ''), tf.tensor(data as Float32Array, [...shape])]),
    ),
    params: parsed.value,
    dataFormat,
  });
  return { shape: result.shape, data: result.dataSync() };
}

function tensorOf({ data, shape, dtype }: TensorData) {
  return tf.tensor(data, [...shape], dtype);
}

async function predictWithTfjs(files: readonly ExportedFile[], inputs: readonly TensorData[]) {
  const bytes = (name: string) => files.find((file) => file.name === name)?.bytes as Uint8Array;
  if (!isKnownToTfjs(files)) throw new Error('TensorFlow.js does not know the exported layer. Say why in notInTfjs.');
  const json = modelJsonOf(files);
  const data = Buffer.concat(json.weightsManifest.flatMap(({ paths }) => paths.map(bytes)));
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap(({ weights }) => weights),
      weightData: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength),
    }),
  );
  const outputs = model.predict(inputs.map(tensorOf));
  return (Array.isArray(outputs) ? outputs : [outputs]).map((output) => ({ shape: output.shape, data: output.dataSync() }));
}

describe('sizes of sliding windows', () => {
  const corners = [1, 2, 3].flatMap((stride) =>
    [1, 2, 3, 4, 5].flatMap((kernel) => [1, 2].flatMap((dilation) => [5, 6, 7, 12].map((size) => ({ stride, kernel, dilation, size })))),
  );
  const formats: DataFormat[] = ['channelsLast', 'channelsFirst'];

  it.each(['valid', 'same'] as const)('with padding “%s” are TensorFlow.js’s, in both data formats', (padding) => {
    for (const { stride, kernel, dilation, size } of corners) {
      if (stride > 1 && dilation > 1) continue;
      const span = (kernel - 1) * dilation + 1;
      if (padding === 'valid' && span > size) continue;
      const expected = tf.layers
        .conv2d({ filters: 2, kernelSize: kernel, strides: stride, dilationRate: dilation, padding })
        .computeOutputShape([null, size, size, 3]) as number[];
      for (const dataFormat of formats) {
        const shape = dataFormat === 'channelsLast' ? [size, size, 3] : [3, size, size];
        const analysis = analyze(
          networkOf(
            {
              image: ['input', { shape }],
              conv: ['conv2d', { filters: 2, kernelSize: kernel, strides: stride, dilationRate: dilation, padding }],
            },
            ['image → conv'],
            dataFormat,
          ),
        );
        const received = analysis.nodes.get('conv')?.outputs['y']?.shape.slice(1) as number[];
        const [height, width] = dataFormat === 'channelsLast' ? received : received.slice(1);
        expect([height, width], `${padding} k${kernel} s${stride} d${dilation} n${size} ${dataFormat}`).toEqual(expected.slice(1, 3));
      }
    }
  });

  it('with consistent padding are those of the reference: (1, 1) for k 3, s 2 on 56 gives 28; (3, 3) for k 7, s 2 on 224 gives 112', () => {
    const sizeOf = (size: number, kernelSize: number) =>
      analyze(
        networkOf({ image: ['input', { shape: [size, size, 3] }], conv: ['conv2d', { kernelSize, strides: 2, padding: 'consistent' }] }, [
          'image → conv',
        ]),
      ).nodes.get('conv')?.outputs['y']?.shape[1];
    expect(sizeOf(56, 3)).toBe(28);
    expect(sizeOf(224, 7)).toBe(112);
    expect(sizeOf(7, 3)).toBe(4);
  });
});

describe('parameters', () => {
  it('every default is a parameter that its own layer takes', () => {
    for (const layer of allLayers) expect(parseParams(layer, {}), layer.type).toMatchObject({ ok: true });
  });

  it('say which one is wrong', () => {
    const conv2d = allLayers.find(({ type }) => type === 'conv2d') as AnyLayer;
    const parsed = parseParams(conv2d, { filters: 0 });
    expect(parsed.ok ? [] : parsed.error.map(({ param }) => param)).toEqual(['filters']);
  });
});
