import type { OptimizerSettings as ChosenOptimizer } from '../training/optimizers/index';
import { optimizerOf } from '../training/optimizers/index';
import type { WeightStep } from '../training/optimizers/_define';
import type { Value } from './builder';
import type { ProgramBuilder } from './builderOf';
import { clipped } from './clipping';
import { constrained, type Constraint } from './constraint';

type WithoutRate<T> = T extends unknown ? Omit<T, 'learningRate'> : never;
/** How weights follow their gradients. The learning rate itself is an input of the program. */
export type OptimizerSettings = WithoutRate<ChosenOptimizer>;

/** A trained variable with its gradient. */
export interface Descent {
  readonly name: string;
  readonly variable: Value;
  readonly gradient: Value;
  /** What the variable must keep to after the step. */
  readonly constraint?: Constraint | undefined;
}

/** No layer can have this in its weights' names: node names hold no colon. */
const PREFIX = 'optimizer:';

/** Appends one step of the optimizer to each variable; its slots become variables of the role `optimizer`. */
export function applyOptimizer(builder: ProgramBuilder, settings: OptimizerSettings, rate: Value, descents: readonly Descent[]): void {
  const { update } = optimizerOf(settings.kind);
  const shared = sharedParts(builder);
  for (const { name, variable, gradient, constraint: own } of clipped(builder, settings, gathered(builder, settings, descents))) {
    // Where weights are averaged, their averages are taken before.
    const constraint = isAveraged(settings) ? undefined : own;
    const weightDecay = decays(variable) ? (settings.weightDecay ?? 0) : 0;
    const slotOf = (kind: string, initial = 0) => slot(builder, `${kind}/${name}`, variable.type.shape as readonly number[], initial);
    update(
      {
        builder: constraint ? constraining(builder, variable, constraint) : builder,
        rate,
        variable,
        gradient,
        weightDecay,
        slot: slotOf,
        ...shared,
      },
      settings,
    );
  }
}

/** What the weight is set to keeps to the constraint; nothing else is touched. */
function constraining(builder: ProgramBuilder, variable: Value, constraint: Constraint): ProgramBuilder {
  const assign = (target: Value, value: Value) =>
    builder.assign(target, target === variable ? constrained(builder, value, constraint) : value);
  return { ...builder, assign };
}

/** Adds the gradients up without a step, where several batches make one. As in Keras, weights are constrained after each of them. */
export function accumulateGradients(builder: ProgramBuilder, settings: OptimizerSettings, descents: readonly Descent[]): void {
  for (const { name, variable, gradient, constraint } of descents) {
    const sum = sumSlot(builder, name, variable);
    builder.assign(sum, builder.add(sum, gradient));
    if (constraint && !isAveraged(settings)) builder.assign(variable, constrained(builder, variable, constraint));
  }
}

/** Whether weights are averaged after each batch, and constrained only then. */
function isAveraged({ emaMomentum = null }: OptimizerSettings): boolean {
  return emaMomentum !== null;
}

/** Input of the program that averages the weights: the share of the past, 0 at the first step. */
export const AVERAGING = 'momentum';

/** Moves the average of each weight towards the weight, and constrains the weight then: Keras's order. */
export function averageWeights(
  builder: ProgramBuilder,
  weights: readonly { readonly name: string; readonly value: Value; readonly constraint?: Constraint | undefined }[],
): void {
  const momentum = builder.input(AVERAGING, { dtype: 'float32', shape: [] });
  // An engine runs what leads to an output.
  builder.output('done', momentum);
  const rest = builder.sub(builder.scalar(1), momentum);
  for (const { name, value, constraint } of weights) {
    const average = slot(builder, `${AVERAGE}/${name}`, value.type.shape as readonly number[], 0);
    builder.assign(average, builder.add(builder.mul(average, momentum), builder.mul(value, rest)));
    if (constraint) builder.assign(value, constrained(builder, value, constraint));
  }
}

const AVERAGE = 'average';

/** The weights as they are evaluated and exported: where they are averaged, their averages. Shares the others. */
export function averagedWeights<T>(weights: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const prefix = `${PREFIX}${AVERAGE}/`;
  const averages = Object.entries(weights).flatMap(([name, tensor]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), tensor] as const] : [],
  );
  return averages.length === 0 ? weights : { ...weights, ...Object.fromEntries(averages) };
}

/** The mean of the gradients of the last batches and of this one; the sums start anew. */
function gathered(
  builder: ProgramBuilder,
  { gradientAccumulationSteps: count = 1 }: OptimizerSettings,
  descents: readonly Descent[],
): readonly Descent[] {
  if (count === 1) return descents;
  return descents.map((descent) => {
    const { name, variable, gradient } = descent;
    const sum = sumSlot(builder, name, variable);
    builder.assign(sum, builder.broadcastTo(builder.scalar(0), variable.type.shape));
    return { ...descent, gradient: builder.mul(builder.add(sum, gradient), builder.scalar(1 / count)) };
  });
}

/** Biases, and the scales and offsets of norms, are vectors; what decays are kernels and embeddings. */
function decays(variable: Value): boolean {
  return variable.type.shape.length > 1;
}

function sumSlot(builder: ProgramBuilder, name: string, variable: Value): Value {
  return slot(builder, `sum/${name}`, variable.type.shape as readonly number[], 0);
}

function slot(builder: ProgramBuilder, name: string, shape: readonly number[], initial: number): Value {
  const initializer = initial === 0 ? ({ kind: 'zeros' } as const) : ({ kind: 'constant', value: initial } as const);
  return builder.variable({ name: `${PREFIX}${name}`, shape, role: 'optimizer', initializer });
}

/** What all weights of a step share: its number, and what is computed from it. */
function sharedParts(builder: ProgramBuilder): Pick<WeightStep, 'step' | 'once' | 'number'> {
  const made = new Map<string, Value>();
  const once = (key: string, make: () => Value): Value => {
    const value = made.get(key) ?? make();
    made.set(key, value);
    return value;
  };
  const number = (kind: string, initial: number) => slot(builder, kind, [], initial);
  const step = () =>
    once('step', () => {
      const before = number('step', 0);
      const after = builder.add(before, builder.scalar(1));
      builder.assign(before, after);
      return after;
    });
  return { once, number, step };
}
