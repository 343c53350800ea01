import { sizeOf, type NumberArray } from './reference/array';
import { builderOf } from '../program/builderOf';
import { differentiate } from '../program/differentiate';
import type { Program } from '../program/program';
import { randomOf } from '../program/random';
import { concreteShape, symbolicShape, type GradientCase } from './gradientCases';

/** Name of the input that holds the gradient arriving at the result. */
export const COTANGENT = 'cotangent';

/** A program with inputs `x0`, `x1`, … and `cotangent`, outputs `y`, the sum `loss` of y · cotangent, and `gradient/x0`, … */
export function gradientProgram(test: GradientCase): Program {
  const builder = builderOf();
  const values = test.inputs.map((shape, index) => builder.input(`x${index}`, { dtype: 'float32', shape: symbolicShape(shape) }));
  const y = test.build(builder, values);
  const cotangent = builder.input(COTANGENT, y.type);
  const loss = builder.reduceSum(
    builder.mul(y, cotangent),
    y.type.shape.map((_, axis) => axis),
  );
  const wanted = differentiated(test);
  const gradients = differentiate(
    builder,
    loss,
    wanted.map((index) => values[index] as (typeof values)[number]),
  );
  builder.output('y', y);
  builder.output('loss', loss);
  wanted.forEach((index, position) => builder.output(`gradient/x${index}`, gradients[position] as (typeof values)[number]));
  return builder.build('gradient');
}

/** Indices of the inputs by which the case is differentiated. */
export function differentiated(test: GradientCase): readonly number[] {
  return test.inputs.map((_, index) => index).filter((index) => !test.constants?.includes(index));
}

/**
 * Inputs for a case, equal at every run: no two elements alike and none 0, so that no maximum and no kink is near.
 * The cotangent has the shape of y.
 */
export function caseInputs(test: GradientCase, batch: number, resultShape: readonly number[]): Record<string, NumberArray> {
  const entries = test.inputs.map((shape, index): [string, NumberArray] => {
    const values = spread(concreteShape(shape, batch), `${test.name}/${index}`);
    return [`x${index}`, test.positive ? { ...values, data: values.data.map((value) => 1.5 + value / 2) } : values];
  });
  return { ...Object.fromEntries(entries), [COTANGENT]: spread(resultShape, `${test.name}/cotangent`) };
}

/** Numbers between −2 and 2 in a random order, no two closer than a third of their mean distance. */
export function spread(shape: readonly number[], key: string): NumberArray {
  const count = sizeOf(shape);
  const random = randomOf(1, key);
  // Uneven: the differences of even ones are equal to each other, and so is what is computed from them.
  const data = Float64Array.from({ length: count }, (_, index) => (4 * (index + (1 + random.uniform()) / 3)) / count - 2);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [data[last], data[other]] = [data[other] as number, data[last] as number];
  }
  // Exactly representable in float32: engines and reference see the same numbers.
  return { shape, data: Float64Array.from(Float32Array.from(data)) };
}
