import { err, ok } from '../../graph/result';
import { findLayer } from '../../layers/index';
import { compileNetwork } from '../../program/compile';
import { withoutPrefix } from '../../program/compiled';
import type { Program } from '../../program/program';
import { frozenSavedModel } from '../../program/tensorflow/savedModel';
import { imageWords } from '../images';
import { refusal, type Exporter, type TrainedNetwork } from '../exporter';

/**
 * TensorFlow's SavedModel with the weights as constants, so that any TensorFlow runs it as it is: one file, the tag
 * `serve`, the signature `serving_default`.
 */
export const savedModel: Exporter = {
  title: 'SavedModel',
  description: 'Loaded by TensorFlow, TensorFlow Serving and their bindings.',
  readme: (network) =>
    [
      `# ${network.name}: TensorFlow SavedModel`,
      '',
      "Load it with `tf.saved_model.load('.').signatures['serving_default']` (TensorFlow 2.7 or newer).",
      `The signature takes and gives float32. ${imageWords(network)}`,
      '',
    ].join('\n'),
  files(network) {
    const compiled = compileNetwork(network.analysis, { findLayer });
    if (!compiled.ok) return err(refusal('a SavedModel', [{ layer: compiled.error.node ?? network.name, reason: compiled.error.message }]));
    const { variables, programs } = compiled.value;
    const missing = variables.filter(({ name }) => !Object.hasOwn(network.weights, name));
    if (missing.length > 0)
      return err(
        refusal(
          'a SavedModel',
          missing.map(({ name }) => ({ layer: name, reason: 'has no trained value. Train the network as it is now.' })),
        ),
      );
    const { bytes } = frozenSavedModel({ serving_default: plainNames(programs.predict) }, valuesOf(network));
    return ok([{ name: 'saved_model.pb', bytes }]);
  },
};

/** Inputs and outputs under the names of their nodes: whoever serves the model reads those. */
function plainNames(program: Program): Program {
  const plain = <T extends { readonly name: string }>(prefix: string, entries: readonly T[]) =>
    entries.map((entry) => ({ ...entry, name: (withoutPrefix(prefix, entry.name) ?? entry.name).replace(/[^A-Za-z0-9_]/g, '_') }));
  return { ...program, inputs: plain('input', program.inputs), outputs: plain('output', program.outputs) };
}

function valuesOf({ weights }: TrainedNetwork): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(weights).flatMap(([name, { data }]) => (data instanceof Float32Array ? [[name, data]] : [])));
}
