import { err, ok } from '../../graph/result';
import type { TensorData } from '../../weights/weights';
import { kerasModel, type KerasCall, type KerasModel } from '../keras/walk';
import { refusal, type ExportedFile, type Exporter, type TrainedNetwork } from '../exporter';
import { encodeJson } from '../encode';
import { imageWords } from '../images';

/** Browsers cache files of up to 4 MB best; it is what the tfjs converter writes. */
const SHARD_BYTES = 4 * 1024 * 1024;

/**
 * The layers-model format of TensorFlow.js: `model.json` with the Keras configuration and a weights manifest, and the
 * weights as float32 in shards. Read by `tf.loadLayersModel`.
 */
export const tfjs: Exporter = {
  title: 'TensorFlow.js',
  description: 'A layers model for browsers and Node: model.json and weight shards.',
  readme: (network) =>
    [
      `# ${network.name}: TensorFlow.js layers model`,
      '',
      "Load it with `await tf.loadLayersModel('model.json')` (`@tensorflow/tfjs` 4) and call `model.predict(images)`.",
      imageWords(network),
      '',
    ].join('\n'),
  files(network) {
    const walked = kerasModel(network.analysis, 'a TensorFlow.js model');
    if (!walked.ok) return walked;
    const model = ok({ ...walked.value, calls: walked.value.calls.map(standIn).flatMap(channelsLastBatchNorm) });
    const missing = missingWeights(model.value, network);
    const unknown = model.value.calls.flatMap(({ layer, notInTfjs: reason }) => (reason === undefined ? [] : [{ layer, reason }]));
    if (unknown.length > 0) return err(refusal('a TensorFlow.js model', unknown));
    if (missing.length > 0) return err(refusal('a TensorFlow.js model', missing));
    const entries = weightEntries(model.value, network);
    const shards = shardsOf(entries.map(({ tensor }) => tensor));
    return ok([...shards, { name: 'model.json', bytes: encodeJson(modelJson(network.name, model.value, entries, shards)) }]);
  },
};

/** The layer that computes the same in inference, where TensorFlow.js does not know Keras's. */
function standIn(call: KerasCall): KerasCall {
  return call.inTfjs ? { ...call, ...call.inTfjs } : call;
}

/**
 * TensorFlow.js normalises over the last axis whatever `axis` says on some of its backends (its kernels step through the
 * statistics element by element), so a channels-first image is turned for its batch normalisation and back.
 */
function channelsLastBatchNorm(call: KerasCall): readonly KerasCall[] {
  if (call.className !== 'BatchNormalization' || call.config['axis'] !== 1) return [call];
  const turn = (name: string, dims: readonly number[], inputs: readonly string[]): KerasCall => ({
    name,
    className: 'Permute',
    config: { dims },
    inputs,
    weights: [],
    layer: call.layer,
  });
  return [
    turn(`${call.name}_last`, [2, 3, 1], call.inputs),
    { ...call, name: `${call.name}_norm`, config: { ...call.config, axis: -1 }, inputs: [`${call.name}_last`] },
    turn(call.name, [3, 1, 2], [`${call.name}_norm`]),
  ];
}

interface WeightEntry {
  readonly name: string;
  readonly tensor: TensorData;
}

function missingWeights(model: KerasModel, { weights }: TrainedNetwork): { layer: string; reason: string }[] {
  return model.calls.flatMap((call) =>
    call.weights
      .filter(({ ours }) => !Object.hasOwn(weights, ours))
      .map(({ ours }) => ({ layer: call.layer, reason: `it has no trained weight "${ours}". Train the network as it is now.` })),
  );
}

function weightEntries(model: KerasModel, { weights }: TrainedNetwork): WeightEntry[] {
  return model.calls.flatMap((call) =>
    call.weights.map(({ ours, keras }) => ({ name: `${call.name}/${keras}`, tensor: weights[ours] as TensorData })),
  );
}

function shardsOf(tensors: readonly TensorData[]): ExportedFile[] {
  const bytes = concatenate(tensors.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
  const count = Math.max(1, Math.ceil(bytes.length / SHARD_BYTES));
  return Array.from({ length: count }, (_, index) => ({
    name: `group1-shard${index + 1}of${count}.bin`,
    bytes: bytes.slice(index * SHARD_BYTES, (index + 1) * SHARD_BYTES),
  }));
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function modelJson(name: string, model: KerasModel, entries: readonly WeightEntry[], shards: readonly ExportedFile[]): unknown {
  return {
    format: 'layers-model',
    generatedBy: 'Skipwire',
    convertedBy: null,
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: {
        class_name: 'Functional',
        config: {
          name: name.replace(/[^A-Za-z0-9_]+/g, '_'),
          trainable: true,
          layers: model.calls.map(layerJson),
          input_layers: model.inputs.map(outputOf),
          output_layers: model.outputs.map(outputOf),
        },
      },
    },
    weightsManifest: [
      {
        paths: shards.map((shard) => shard.name),
        weights: entries.map(({ name: weight, tensor }) => ({ name: weight, shape: tensor.shape, dtype: tensor.dtype })),
      },
    ],
  };
}

function layerJson(call: KerasCall): unknown {
  return {
    name: call.name,
    class_name: call.className,
    config: {
      name: call.name,
      ...(call.className === 'InputLayer' ? {} : { trainable: true }),
      ...(forRunning(call.config) as object),
    },
    inbound_nodes: call.inputs.length === 0 ? [] : [call.inputs.map((input) => [input, 0, 0, {}])],
  };
}

/**
 * Without the regularizers that TensorFlow.js does not know – a model that is only run adds nothing to a loss – and without constraints,
 * which it applies whenever weights are set: those that are loaded would become others.
 */
function forRunning(config: unknown): unknown {
  const isUnknown = (value: unknown) =>
    typeof value === 'object' && value !== null && 'class_name' in value && value.class_name === 'OrthogonalRegularizer';
  return JSON.parse(JSON.stringify(config, (key, value: unknown) => (isUnknown(value) || key.endsWith('_constraint') ? null : value)));
}

function outputOf(name: string): [string, number, number] {
  return [name, 0, 0];
}
