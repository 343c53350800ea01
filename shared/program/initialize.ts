import type { Fans, Initializer, VarianceScaling } from './initializer';
import { orthonormal } from './orthonormal';
import type { VariableSpec } from './program';
import { randomOf, type Random } from './random';

/** Standard deviation of a standard normal cut at ±2; Keras divides by it so that what is left has the wanted spread. */
const TRUNCATED_DEVIATION = 0.87962566103423978;
/** Where truncated normals are cut, in standard deviations. */
const CUT = 2;

/**
 * First values of all variables, by name. Each is drawn from a stream of its own, keyed by seed and name: adding or
 * reordering layers leaves the others' weights as they are.
 */
export function initialValues(variables: readonly VariableSpec[], seed: number): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(variables.map((variable) => [variable.name, initialValue(variable, seed)]));
}

/** First values of one variable in row-major order. */
export function initialValue({ name, shape, initializer }: VariableSpec, seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  fill(values, shape, initializer, randomOf(seed, name));
  return values;
}

function fill(values: Float32Array, shape: readonly number[], initializer: Initializer, random: Random): void {
  if (initializer.kind === 'parts') return fillParts(values, initializer.parts, random);
  const columns = shape.at(-1) ?? 1;
  if (initializer.kind === 'identity') {
    for (let index = 0; index < values.length; index += columns + 1) values[index] = initializer.gain;
    return;
  }
  if (initializer.kind === 'orthogonal') {
    const matrix = orthonormal(values.length / columns, columns, () => random.normal());
    for (let index = 0; index < values.length; index++) values[index] = initializer.gain * (matrix[index] as number);
    return;
  }
  const draw = sampler(initializer, random);
  if (typeof draw === 'number') values.fill(draw);
  else for (let index = 0; index < values.length; index++) values[index] = draw();
}

type Parts = Extract<Initializer, { kind: 'parts' }>['parts'];

function fillParts(values: Float32Array, parts: Parts, random: Random): void {
  let offset = 0;
  for (const { size, initializer } of parts) {
    fill(values.subarray(offset, offset + size), [size], initializer, random);
    offset += size;
  }
}

type Drawn = Exclude<Initializer, { kind: 'parts' | 'orthogonal' | 'identity' }>;

/** A number for all elements, or a function that draws each. */
function sampler(initializer: Drawn, random: Random): number | (() => number) {
  switch (initializer.kind) {
    case 'zeros':
      return 0;
    case 'ones':
      return 1;
    case 'constant':
      return initializer.value;
    case 'uniform': {
      const { minval, maxval } = initializer;
      return () => minval + (maxval - minval) * random.uniform();
    }
    case 'normal': {
      const { mean, stddev, truncated } = initializer;
      return () => mean + stddev * (truncated ? truncatedNormal(random) : random.normal());
    }
    case 'varianceScaling':
      return scaled(initializer, initializer, random);
    default:
      return scaled(families[initializer.kind], initializer, random);
  }
}

/** The named families of Keras's `VarianceScaling`. */
const families = {
  glorotUniform: { scale: 1, mode: 'fanAvg', distribution: 'uniform' },
  glorotNormal: { scale: 1, mode: 'fanAvg', distribution: 'truncatedNormal' },
  heUniform: { scale: 2, mode: 'fanIn', distribution: 'uniform' },
  heNormal: { scale: 2, mode: 'fanIn', distribution: 'truncatedNormal' },
  lecunUniform: { scale: 1, mode: 'fanIn', distribution: 'uniform' },
  lecunNormal: { scale: 1, mode: 'fanIn', distribution: 'truncatedNormal' },
} as const satisfies Record<string, VarianceScaling>;

function scaled({ scale, mode, distribution }: VarianceScaling, { fanIn, fanOut }: Fans, random: Random): () => number {
  const fan = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
  // An empty fan counts as 1.
  const variance = scale / Math.max(1, fan);
  if (distribution === 'uniform') {
    const limit = Math.sqrt(3 * variance);
    return () => (2 * random.uniform() - 1) * limit;
  }
  if (distribution === 'untruncatedNormal') return () => random.normal() * Math.sqrt(variance);
  const deviation = Math.sqrt(variance) / TRUNCATED_DEVIATION;
  return () => truncatedNormal(random) * deviation;
}

function truncatedNormal(random: Random): number {
  for (;;) {
    const value = random.normal();
    if (Math.abs(value) <= CUT) return value;
  }
}
