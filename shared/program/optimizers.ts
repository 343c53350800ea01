import type { Value } from './builder';
import type { ProgramBuilder } from './builderOf';
import { applyAdam, applyMomentum, applySgd } from './primitives/optimizer';

/** How weights follow their gradients. The learning rate itself is an input of the program. */
export type OptimizerSettings =
  | { readonly kind: 'sgd'; readonly momentum: number; readonly nesterov: boolean }
  | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number };

/** A trained variable with its gradient. */
export interface Descent {
  readonly name: string;
  readonly variable: Value;
  readonly gradient: Value;
}

/** No layer can have this in its weights' names: node names hold no colon. */
const PREFIX = 'optimizer:';

/** Appends one step of the optimizer to each variable; its slots become variables of the role `optimizer`. */
export function applyOptimizer(builder: ProgramBuilder, settings: OptimizerSettings, rate: Value, descents: readonly Descent[]): void {
  if (settings.kind === 'adam') return adam(builder, settings, rate, descents);
  for (const { name, variable, gradient } of descents) {
    if (settings.momentum === 0) {
      builder.assign(variable, builder.emit(applySgd, [variable, rate, gradient], {})[0]);
      continue;
    }
    const { momentum, nesterov } = settings;
    const velocity = slot(builder, 'velocity', name, variable);
    const [next, nextVelocity] = builder.emit(applyMomentum, [variable, velocity, rate, gradient], { momentum, nesterov });
    builder.assign(variable, next);
    builder.assign(velocity, nextVelocity);
  }
}

type AdamSettings = Extract<OptimizerSettings, { kind: 'adam' }>;

function adam(builder: ProgramBuilder, { beta1, beta2, epsilon }: AdamSettings, rate: Value, descents: readonly Descent[]): void {
  const step = builder.variable({ name: `${PREFIX}step`, shape: [], role: 'optimizer', initializer: { kind: 'zeros' } });
  const next = builder.add(step, builder.scalar(1));
  builder.assign(step, next);
  const powers = [beta1, beta2].map((beta) => builder.pow(builder.scalar(beta), next)) as [Value, Value];
  for (const { name, variable, gradient } of descents) {
    const m = slot(builder, 'm', name, variable);
    const v = slot(builder, 'v', name, variable);
    const results = builder.emit(applyAdam, [variable, m, v, ...powers, rate, gradient], { beta1, beta2, epsilon });
    [variable, m, v].forEach((target, index) => builder.assign(target, results[index] as Value));
  }
}

function slot(builder: ProgramBuilder, kind: string, name: string, variable: Value): Value {
  const shape = variable.type.shape as readonly number[];
  return builder.variable({ name: `${PREFIX}${kind}/${name}`, shape, role: 'optimizer', initializer: { kind: 'zeros' } });
}
