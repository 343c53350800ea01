import * as tf from '@tensorflow/tfjs';
import type { Formula, FormulaInputs } from './layerFormulas';

type Weights = FormulaInputs['weights'];

/** One step's output from its input and the output before it. */
type Step = (x: tf.Tensor2D, state: tf.Tensor2D) => tf.Tensor2D;

/** Columns of the `index`-th gate. */
function gateOf(tensor: tf.Tensor, index: number, units: number): tf.Tensor2D {
  const matrix = tf.reshape(tensor, [-1, tensor.shape.at(-1) as number]);
  return tf.slice(matrix, [0, index * units], [-1, units]) as tf.Tensor2D;
}

type Activation = (x: tf.Tensor2D) => tf.Tensor2D;
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  relu: (x) => tf.relu(x),
  linear: (x) => x,
};

/** PyTorch's documentation of `nn.GRU`, gate by gate: r, z, n, and h' = (1 − z) · n + z · h. Keras keeps z before r. */
function gruStep(weights: Weights, params: FormulaInputs['params']): Step {
  const units = params['units'] as number;
  const [activated, opened] = ['activation', 'recurrentActivation'].map((name) => ACTIVATIONS[params[name] as string]) as [
    Activation,
    Activation,
  ];
  const linear = (name: 'kernel' | 'recurrentKernel', row: number, gate: number, value: tf.Tensor2D) => {
    const bias = weights['bias'];
    const product = tf.matMul(value, gateOf(weights[name] as tf.Tensor, gate, units));
    return bias ? tf.add(product, gateOf(tf.slice(bias, [row, 0], [1, -1]), gate, units)) : product;
  };
  return (x, h) => {
    const gate = (index: number) => opened(tf.add(linear('kernel', 0, index, x), linear('recurrentKernel', 1, index, h)));
    const [z, r] = [gate(0), gate(1)];
    const n = activated(tf.add(linear('kernel', 0, 2, x), tf.mul(r, linear('recurrentKernel', 1, 2, h))));
    return tf.add(tf.mul(tf.sub(1, z), n), tf.mul(z, h));
  };
}

/** Outputs in the order in which they are computed. */
function run(step: Step, x: tf.Tensor3D, units: number, backwards: boolean): tf.Tensor2D[] {
  const steps = tf.unstack(x, 1) as tf.Tensor2D[];
  const outputs: tf.Tensor2D[] = [];
  let state: tf.Tensor2D = tf.zeros([x.shape[0], units]);
  for (const value of backwards ? steps.toReversed() : steps) {
    state = step(value, state);
    outputs.push(state);
  }
  return outputs;
}

/** Of the GRU that resets after the product, which TensorFlow.js's layers do not have. */
export const recurrentFormulas: Readonly<Record<string, Formula>> = {
  gru({ inputs, weights, params }) {
    const units = params['units'] as number;
    const outputs = run(gruStep(weights, params), inputs[0] as tf.Tensor3D, units, params['goBackwards'] === true);
    return params['returnSequences'] === true ? tf.stack(outputs, 1) : (outputs.at(-1) as tf.Tensor);
  },
  bidirectional({ inputs, weights, params }) {
    const units = params['units'] as number;
    const own = (direction: string): Weights =>
      Object.fromEntries(
        ['Kernel', 'RecurrentKernel', 'Bias'].map((name) => [
          `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
          weights[`${direction}${name}`] as tf.Tensor,
        ]),
      );
    const x = inputs[0] as tf.Tensor3D;
    const forward = run(gruStep(own('forward'), params), x, units, false);
    const backward = run(gruStep(own('backward'), params), x, units, true);
    return tf.concat([tf.stack(forward, 1), tf.stack(backward.toReversed(), 1)], -1);
  },
};
