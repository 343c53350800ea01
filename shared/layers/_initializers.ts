import * as z from 'zod';
import type { Fans, Initializer } from '../program/initializer';
import { snakeCase } from './snakeCase';

const families = ['glorotUniform', 'glorotNormal', 'heUniform', 'heNormal', 'lecunUniform', 'lecunNormal'] as const;
const plain = [...families, 'randomUniform', 'randomNormal', 'truncatedNormal', 'zeros', 'ones'] as const;

const size = z.number().min(-1e6).max(1e6);
const positive = z.number().min(0).max(1e6);
/** Keras's initializers that have numbers of their own, with its defaults. */
const detailed = [
  z.strictObject({ kind: z.literal('constant'), value: size.default(0) }),
  z.strictObject({ kind: z.literal('randomUniform'), minval: size.default(-0.05), maxval: size.default(0.05) }),
  z.strictObject({ kind: z.literal('randomNormal'), mean: size.default(0), stddev: positive.default(0.05) }),
  z.strictObject({ kind: z.literal('truncatedNormal'), mean: size.default(0), stddev: positive.default(0.05) }),
  z.strictObject({
    kind: z.literal('varianceScaling'),
    scale: z.number().min(1e-6).max(1e6).default(1),
    mode: z.enum(['fanIn', 'fanOut', 'fanAvg']).default('fanIn'),
    distribution: z.enum(['truncatedNormal', 'untruncatedNormal', 'uniform']).default('truncatedNormal'),
  }),
] as const;
const orthogonal = z.strictObject({ kind: z.literal('orthogonal'), gain: size.default(1) });
const identity = z.strictObject({ kind: z.literal('identity'), gain: size.default(1) });

/** How a vector such as a bias may start. */
export const vectorInitializer = z.union([z.enum(plain), z.discriminatedUnion('kind', [...detailed])]);
/** How a kernel of two or more axes may start. */
export const kernelInitializer = z.union([z.enum([...plain, 'orthogonal']), z.discriminatedUnion('kind', [...detailed, orthogonal])]);
/** How a matrix may start. */
export const matrixInitializer = z.union([
  z.enum([...plain, 'orthogonal', 'identity']),
  z.discriminatedUnion('kind', [...detailed, orthogonal, identity]),
]);
/** An initializer by Keras's name, or with its numbers: `{ kind: 'randomNormal', stddev: 0.02 }`. */
export type InitializerParam = z.output<typeof matrixInitializer>;

const anyDetailed = z.discriminatedUnion('kind', [...detailed, orthogonal, identity]);

/** What the numbers of a weight of that shape are drawn from; the fans are those that Keras takes from the shape. */
export function initializerOf(chosen: InitializerParam, shape: readonly number[]): Initializer {
  const name = typeof chosen === 'string' ? chosen : chosen.kind;
  if (name === 'zeros' || name === 'ones') return { kind: name };
  if (isFamily(name)) return { kind: name, ...fansOf(shape) };
  const numbers = anyDetailed.parse(typeof chosen === 'string' ? { kind: chosen } : chosen);
  switch (numbers.kind) {
    case 'randomUniform':
      return { ...numbers, kind: 'uniform' };
    case 'randomNormal':
    case 'truncatedNormal':
      return { ...numbers, kind: 'normal', truncated: numbers.kind === 'truncatedNormal' };
    case 'varianceScaling':
      return { ...numbers, ...fansOf(shape) };
    default:
      return numbers;
  }
}

function isFamily(name: string): name is (typeof families)[number] {
  return (families as readonly string[]).includes(name);
}

/** Keras's `compute_fans`: of a kernel `…×I×O` the receptive field times the channels. */
function fansOf(shape: readonly number[]): Fans {
  const [first = 1] = shape;
  if (shape.length < 2) return { fanIn: first, fanOut: first };
  const field = shape.slice(0, -2).reduce((product, length) => product * length, 1);
  return { fanIn: field * (shape.at(-2) as number), fanOut: field * (shape.at(-1) as number) };
}

/** Keras's name of an initializer, or its record where it has numbers. */
export function kerasInitializerOf(chosen: InitializerParam): string | { class_name: string; config: Record<string, unknown> } {
  if (typeof chosen === 'string') return snakeCase(chosen);
  const { kind, ...numbers } = chosen;
  const config = Object.entries(numbers).map(([key, value]) => [key, typeof value === 'string' ? snakeCase(value) : value]);
  return { class_name: kind.charAt(0).toUpperCase() + kind.slice(1), config: Object.fromEntries(config) as Record<string, unknown> };
}
