/**
 * Writes uses of every layer as cases for other engines: its examples, every corner of its window, what else its parameters may be one
 * at a time, and all of them at once as they are drawn; and a use with a constraint on each of its weights. A case has inputs, weights,
 * a cotangent for each output, what the float64 reference gives for outputs and gradients, and what a constraint makes of a weight; in
 * training also the uniform numbers that it drew; and the layer as code of PyTorch and as layers of Keras.
 *
 * Run: `npx tsx interop/layers/cases.ts FOLDER [COUNT]`, COUNT being how many are drawn of each layer. Read by inTorch.py and inKeras.py
 * beside it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeNpy } from '../../shared/export/npy';
import { kerasModel } from '../../shared/export/keras/walk';
import type { DataFormat } from '../../shared/graph/tensor';
import type { NumberArray } from '../../shared/testing/reference/array';
import { groupInputs } from '../../shared/infer/groupInputs';
import type { AnyLayer } from '../../shared/layers/define';
import { allLayers } from '../../shared/layers/index';
import { parseParams } from '../../shared/layers/parse';
import { analyzedExample, type AnalyzedExample } from '../../shared/testing/exampleProgram';
import { constrainedCases } from '../../shared/testing/constrainedCases';
import { layerCases, type LayerCase } from '../../shared/testing/layerCases';
import { layerCombinations } from '../../shared/testing/layerCombinations';
import { layerVariants } from '../../shared/testing/layerVariants';
import { torchCode } from '../torchNetwork';
import { evaluatedExample, type EvaluatedExample } from './evaluate';

/** All numbers one after the other; a case names where its own begin. */
const numbers: number[] = [];

function written({ shape, data }: NumberArray): { shape: readonly number[]; at: number } {
  const at = numbers.length;
  for (const value of data) numbers.push(value);
  return { shape, at };
}

function torchOf(layer: AnyLayer, { analysis, dataFormat }: AnalyzedExample, params: Record<string, unknown>) {
  const record = layer.torch(params, groupInputs(layer, analysis.nodes.get('layer')?.inputs ?? {}) as never, { dataFormat });
  return 'unsupported' in record ? record : { code: torchCode(layer, record), weights: record.weights ?? {} };
}

/** PyTorch's modules take no numbers from outside. */
const drawsItsOwn = { unsupported: 'PyTorch draws numbers of its own.' };

/** Whose record of Keras is what they do in inference. */
const cutInTheMiddle: ReadonlySet<string> = new Set(['randomCrop']);
const drawsForAll = { unsupported: 'Keras cuts all images of a batch at one place.' };

/** Numbers for each element of an image, which is channels-last inside. */
function outside(numbers: NumberArray, dataFormat: DataFormat): NumberArray {
  if (dataFormat === 'channelsLast' || numbers.shape.length !== 4) return numbers;
  const [batch, height, width, channels] = numbers.shape as [number, number, number, number];
  const from = (at: number) => {
    const [column, row] = [at % width, Math.floor(at / width) % height];
    const [channel, sample] = [Math.floor(at / (width * height)) % channels, Math.floor(at / (width * height * channels))];
    return ((sample * height + row) * width + column) * channels + channel;
  };
  return { shape: [batch, channels, height, width], data: numbers.data.map((_, at) => numbers.data[from(at)] as number) };
}

function kerasOf({ analysis }: AnalyzedExample) {
  const model = kerasModel(analysis, 'Keras');
  return model.ok ? model.value : { unsupported: model.error.reasons.map(({ reason }) => reason).join(' ') };
}

function caseOf(layer: AnyLayer, title: string, example: AnalyzedExample, params: Record<string, unknown>, evaluated: EvaluatedExample) {
  const isRandom = evaluated.drawn.length > 0;
  return {
    title,
    layer: layer.type,
    training: evaluated.training,
    channelsLast: example.dataFormat === 'channelsLast',
    ports: layer.inputs.map(({ name, variadic }) => ({ name, isList: variadic !== undefined })),
    outputPorts: layer.outputs.map(({ name }) => name),
    inputs: evaluated.inputs.map(({ value, gradient, ...rest }) => ({
      ...rest,
      ...written(value),
      gradient: gradient && written(gradient),
    })),
    weights: evaluated.weights.map(({ value, gradient, constrained, ...rest }) => ({
      ...rest,
      ...written(value),
      gradient: gradient && written(gradient),
      constrained: constrained && written(constrained),
    })),
    outputs: evaluated.outputs.map(({ value, cotangent, ...rest }) => ({ ...rest, ...written(value), cotangent: written(cotangent) })),
    drawn: evaluated.drawn.map((numbers) => written(outside(numbers, example.dataFormat))),
    torch: isRandom ? drawsItsOwn : torchOf(layer, example, params),
    keras: isRandom && cutInTheMiddle.has(layer.type) ? drawsForAll : kerasOf(example),
  };
}

function casesOf({ title, layer, example: given }: LayerCase) {
  const params = parseParams(layer, (given.params ?? {}) as never);
  if (!params.ok) throw new Error(`${title}: the parameters are wrong.`);
  const example = analyzedExample(layer, given);
  return evaluatedExample(example).map((evaluated) =>
    caseOf(layer, `${title}${evaluated.training ? ' in training' : ''}`, example, params.value, evaluated),
  );
}

const [folder, count = '0'] = process.argv.slice(2);
if (folder === undefined) throw new Error('Give the folder to write to.');
const cases = allLayers
  .filter(({ type }) => type !== 'input' && type !== 'output')
  .flatMap((layer) => [
    ...layerCases(layer),
    ...layerVariants(layer),
    ...layerCombinations(layer, Number(count)),
    ...constrainedCases(layer),
  ])
  .flatMap(casesOf);
writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases));
writeFileSync(join(folder, 'numbers.npy'), encodeNpy({ dtype: 'float32', shape: [numbers.length], data: Float32Array.from(numbers) }));
process.stdout.write(`${JSON.stringify({ cases: cases.length, layers: new Set(cases.map(({ layer }) => layer)).size })}\n`);
