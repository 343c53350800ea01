import type { Initializer } from './initializer';
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
  const draw = sampler(initializer, randomOf(seed, name));
  if (typeof draw === 'number') return values.fill(draw);
  for (let index = 0; index < values.length; index++) values[index] = draw();
  return values;
}

/** A number for all elements, or a function that draws each. */
function sampler(initializer: Initializer, random: Random): number | (() => number) {
  switch (initializer.kind) {
    case 'zeros':
      return 0;
    case 'ones':
      return 1;
    case 'constant':
      return initializer.value;
    case 'glorotUniform':
    case 'heUniform':
    case 'lecunUniform': {
      const limit = Math.sqrt(3 * varianceOf(initializer));
      return () => (2 * random.uniform() - 1) * limit;
    }
    case 'glorotNormal':
    case 'heNormal':
    case 'lecunNormal': {
      const deviation = Math.sqrt(varianceOf(initializer)) / TRUNCATED_DEVIATION;
      return () => truncatedNormal(random) * deviation;
    }
  }
}

type VarianceScaling = Extract<Initializer, { fanIn: number }>;

/** Keras's `VarianceScaling`: scale over the fan, of which an empty one counts as 1. */
function varianceOf({ kind, fanIn, fanOut }: VarianceScaling): number {
  if (kind === 'glorotUniform' || kind === 'glorotNormal') return 1 / Math.max(1, (fanIn + fanOut) / 2);
  const scale = kind === 'heUniform' || kind === 'heNormal' ? 2 : 1;
  return scale / Math.max(1, fanIn);
}

function truncatedNormal(random: Random): number {
  for (;;) {
    const value = random.normal();
    if (Math.abs(value) <= CUT) return value;
  }
}
