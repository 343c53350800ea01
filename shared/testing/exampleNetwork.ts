import type { AnyLayer, ExampleShape, LayerExample } from '../layers/define';
import { initialValues } from '../program/initialize';
import type { VariableSpec } from '../program/program';
import { randomOf } from '../program/random';
import type { TensorType } from '../graph/tensor';
import type { TensorData, Weights } from '../weights/weights';
import { networkOf, type Sketch } from './networks';

/** An example of a layer as a network: an input for each wire, the layer, an output for each of its outputs. */
export function networkOfExample(
  layer: AnyLayer,
  { params = {}, inputs, outputs, dtypes = {}, dataFormat = 'channelsLast' }: LayerExample,
) {
  const sketches: Record<string, Sketch> = { layer: [layer.type, params as Sketch[1] & object] };
  const wires: string[] = [];
  for (const [port, shape] of Object.entries(inputs)) {
    const list = Array.isArray(shape[0]) ? (shape as readonly ExampleShape[]) : undefined;
    (list ?? [shape as ExampleShape]).forEach((sizes, index) => {
      const name = `in_${port}_${index}`;
      sketches[name] = ['input', { shape: sizes.slice(1), dtype: dtypes[port] ?? 'float32' }];
      wires.push(`${name} → layer:${list ? `${port}.${index}` : port}`);
    });
  }
  for (const port of Object.keys(outputs)) {
    sketches[`out_${port}`] = ['output'];
    wires.push(`layer:${port} → out_${port}`);
  }
  return networkOf(sketches, wires, dataFormat);
}

/** Values for an input, equal at every run: between −1 and 1, and 0, 1 or 2 where they are whole numbers. */
export function exampleInput(name: string, { dtype }: TensorType, shape: readonly number[]): TensorData {
  const random = randomOf(11, name);
  const count = { length: shape.reduce((product, size) => product * size, 1) };
  if (dtype === 'float32') return { dtype, shape, data: Float32Array.from(count, () => random.uniform() * 2 - 1) };
  if (dtype === 'int32') return { dtype, shape, data: Int32Array.from(count, () => random.below(3)) };
  return { dtype, shape, data: Uint8Array.from(count, () => random.below(2)) };
}

/** All trained and untrained weights, away from their special starting values. */
export function exampleWeights(variables: readonly VariableSpec[]): Weights {
  const values = initialValues(variables, 7);
  return Object.fromEntries(
    variables.map(({ name, shape }) => {
      const random = randomOf(3, name);
      const data = Float32Array.from(
        values[name] as Float32Array,
        (value) => value * (0.75 + random.uniform() / 2) + (name.endsWith('Variance') ? 0.1 : random.uniform() / 10),
      );
      return [name, { dtype: 'float32' as const, shape, data }];
    }),
  );
}
