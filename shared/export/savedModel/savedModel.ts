import { err, ok } from '../../graph/result';
import { findLayer } from '../../layers/index';
import { compileNetwork } from '../../program/compile';
import { frozenSavedModel } from '../../program/tensorflow/savedModel';
import { refusal, type Exporter, type TrainedNetwork } from '../exporter';

/**
 * TensorFlow's SavedModel with the weights as constants, so that any TensorFlow runs it as it is: one file, the tag
 * `serve`, the signature `serving_default`.
 */
export const savedModel: Exporter = {
  title: 'SavedModel',
  description: 'Loaded by TensorFlow, TensorFlow Serving and their bindings.',
  readme: ({ name }) =>
    [
      `# ${name}: TensorFlow SavedModel`,
      '',
      "Load it with `tf.saved_model.load('.').signatures['serving_default']` (TensorFlow 2.7 or newer).",
      'The signature takes and gives float32; images are in [0, 1], in the network’s own data format.',
      '',
    ].join('\n'),
  files(network) {
    const compiled = compileNetwork(network.analysis, { findLayer });
    if (!compiled.ok) return err(refusal('a SavedModel', [{ layer: compiled.error.node ?? network.name, reason: compiled.error.message }]));
    const { variables, programs } = compiled.value;
    const missing = variables.filter(({ name }) => !Object.hasOwn(network.weights, name));
    if (missing.length > 0) return err(refusal('a SavedModel', missing.map(({ name }) => ({ layer: name, reason: 'has no trained value. Train the network as it is now.' }))));
    const { bytes } = frozenSavedModel({ serving_default: programs.predict }, valuesOf(network));
    return ok([{ name: 'saved_model.pb', bytes }]);
  },
};

function valuesOf({ weights }: TrainedNetwork): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(weights).flatMap(([name, { data }]) => (data instanceof Float32Array ? [[name, data]] : [])));
}
