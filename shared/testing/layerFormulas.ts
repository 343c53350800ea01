import * as tf from '@tensorflow/tfjs';
import type { DataFormat } from '../graph/tensor';

/** What a layer's formula is given: its inputs in the order of its ports, in the network's own data format. */
export interface FormulaInputs {
  readonly inputs: readonly tf.Tensor[];
  readonly weights: Readonly<Record<string, tf.Tensor>>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly dataFormat: DataFormat;
}

type Formula = (given: FormulaInputs) => tf.Tensor;

const first = ({ inputs }: FormulaInputs) => inputs[0] as tf.Tensor;
const numberOf = ({ params }: FormulaInputs, name: string) => params[name] as number;

/** Formulas in TensorFlow.js's eager operations, of the layers that its own layers (or Keras's records) do not have. */
export const layerFormulas: Readonly<Record<string, Formula>> = {
  celu(given) {
    const alpha = numberOf(given, 'alpha');
    const below = tf.mul(alpha, tf.expm1(tf.div(first(given), alpha)));
    return tf.add(tf.maximum(first(given), 0), tf.minimum(below, 0));
  },
  /** The approximate one: the exact one is a Keras record. */
  gelu(given) {
    const x = first(given);
    const inner = tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, tf.mul(0.044715, tf.pow(x, 3))));
    return tf.mul(tf.mul(x, 0.5), tf.add(1, tf.tanh(inner)));
  },
  glu(given) {
    const [kept, gate] = tf.split(first(given), 2, given.dataFormat === 'channelsFirst' ? 1 : -1) as [tf.Tensor, tf.Tensor];
    return tf.mul(kept, tf.sigmoid(gate));
  },
  relu(given) {
    const [highest, slope, threshold] = ['maxValue', 'negativeSlope', 'threshold'].map((name) => numberOf(given, name)) as [
      number,
      number,
      number,
    ];
    const x = first(given);
    const below = tf.mul(slope, tf.sub(x, threshold));
    const above = tf.where(tf.greater(x, threshold), x, below);
    return tf.where(tf.greaterEqual(x, highest), tf.fill(x.shape, highest), above);
  },
  subtract: ({ inputs: [a, b] }) => tf.sub(a as tf.Tensor, b as tf.Tensor),
};
