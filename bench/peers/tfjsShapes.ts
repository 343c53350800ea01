import * as tf from '@tensorflow/tfjs';
import { kerasModel, type KerasCall } from '../../shared/export/keras/walk';
import type { NetworkAnalysis } from '../../shared/infer/analysis';
import type { Contestant } from '../harness';

type Shape = (number | null)[];

/**
 * TensorFlow.js making the layers that the network becomes there, from their settings, and `computeOutputShape` of each in the order
 * of the flow. It computes no weights, no costs and no problems: only shapes.
 */
export function tfjsShapes(analysis: NetworkAnalysis): Contestant {
  const model = kerasModel(analysis, 'the benchmark');
  if (!model.ok) throw new Error(model.error.message);
  const { calls } = model.value;
  return {
    name: 'layers and shapes of TensorFlow.js',
    run() {
      const shapes = new Map<string, Shape>();
      for (const call of calls) {
        const { layer, shape } = made(call);
        const given = call.inputs.map((input) => shapes.get(input) as Shape);
        shapes.set(
          call.name,
          layer ? (layer.computeOutputShape(given.length === 1 ? (given[0] as Shape) : given) as Shape) : (shape as Shape),
        );
      }
    },
  };
}

function made({ className, config, inTfjs }: KerasCall): { readonly layer?: tf.layers.Layer; readonly shape?: Shape } {
  if (className === 'InputLayer') return { shape: (config['batch_input_shape'] ?? config['batch_shape']) as Shape };
  const { className: name, config: settings } = inTfjs ?? { className, config };
  const known = tf.serialization.SerializationMap.getMap().classNameMap[name];
  if (!known) throw new Error(`TensorFlow.js has no layer ${name}.`);
  const [make, fromConfig] = known;
  return { layer: fromConfig(make, inCamelCase(settings)) as unknown as tf.layers.Layer };
}

/** Keras's settings in the spelling of TensorFlow.js, without those of weights, of which no shape of a result depends. */
function inCamelCase(config: Readonly<Record<string, unknown>>): tf.serialization.ConfigDict {
  const entries = Object.entries(config).filter(([name]) => !/(initializer|regularizer|constraint)$/.test(name));
  return Object.fromEntries(
    entries.map(([name, value]) => [camelCase(name), typeof value === 'string' && OWN_SPELLING.has(name) ? camelCase(value) : value]),
  ) as tf.serialization.ConfigDict;
}

const OWN_SPELLING: ReadonlySet<string> = new Set(['data_format']);

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
