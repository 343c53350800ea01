import * as z from 'zod';
import type { LayerProblem } from '../graph/problem';
import { axisOutside, type Constraint } from '../program/constraint';
import { formatPair } from './_params';
import type { WeightSpec } from './define';
import { snakeCase } from './snakeCase';

const size = z.number().min(0).max(1e6);
/** A kernel of volumes has five axes; from the last one on they may be counted as −1, −2, … */
const axis = z
  .preprocess((value) => (typeof value === 'number' ? [value] : value), z.array(z.int().min(-5).max(4)).min(1).max(5))
  .default([0]);

/** Keras's constraints of weights with its defaults; null for none. */
const constraint = z
  .union([
    z.strictObject({ kind: z.literal('maxNorm'), maxValue: size.default(2), axis }),
    z.strictObject({ kind: z.literal('nonNeg') }),
    z.strictObject({ kind: z.literal('unitNorm'), axis }),
    z.strictObject({
      kind: z.literal('minMaxNorm'),
      minValue: size.default(0),
      maxValue: size.default(1),
      rate: z.number().min(0).max(1).default(1),
      axis,
    }),
    z.null(),
  ])
  .default(null);

/** What a form says of PyTorch beside a constraint. */
const torchConstraint = {
  torchNote: 'PyTorch has no argument for it: after each step of the optimizer the weight is changed under torch.no_grad().',
};

/** The parameter that constrains a weight, shown under “More”; `what` is constrained. */
export function constraintOf(what: string) {
  return constraint
    .describe(`What ${what} must keep to after each step: lengths of its vectors along the axes, or no number below 0.`)
    .meta({ advanced: true, ...torchConstraint });
}

/** A constraint as a parameter has it. */
export type ConstraintParam = Constraint | null;

/** Keras's record of a constraint; null for none. */
export function kerasConstraint(chosen: ConstraintParam): { class_name: string; config: Record<string, unknown> } | null {
  if (!chosen) return null;
  const { kind, ...numbers } = chosen;
  const one = (value: unknown) => (Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value);
  const config = Object.entries(numbers).map(([name, value]) => [snakeCase(name), one(value)]);
  return { class_name: kind.charAt(0).toUpperCase() + kind.slice(1), config: Object.fromEntries(config) as Record<string, unknown> };
}

/** Of constraints along axes that their weights do not have. */
export function constraintProblems(weights: readonly WeightSpec[], params: Readonly<Record<string, unknown>>): readonly LayerProblem[] {
  const found = new Map<Constraint, LayerProblem>();
  for (const { name, shape, constraint: given } of weights) {
    const outside = given && axisOutside(given, shape.length);
    if (given === undefined || outside === undefined || found.has(given)) continue;
    const param = Object.keys(params).find((key) => params[key] === given);
    const last = shape.length - 1;
    found.set(given, {
      code: 'param/constraint-axis',
      message: `${param ?? given.kind} goes along axis ${outside}; ${name} (${formatPair(shape)}) has ${last === 0 ? 'axis 0 alone' : `the axes 0 to ${last}`}. Name axes that it has.`,
      ...(param === undefined ? {} : { param }),
    });
  }
  return [...found.values()];
}
