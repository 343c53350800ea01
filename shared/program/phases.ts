import type { Operation, Program } from './program';

/** Which part of a run an operation belongs to: the network and its loss, their gradients, or the optimizer's step. */
export type Phase = 'forward' | 'backward' | 'update';

/**
 * The phase of every operation, read off what it takes and what takes it. Forward is what outputs and the layers' own states (moving
 * averages) need; of the rest, whatever comes of the learning rate or of the optimizer's slots is its step, and what leads there are
 * gradients.
 */
export function phasesOf({ inputs, variables, operations, outputs, updates }: Program): ReadonlyMap<Operation, Phase> {
  const states = new Set(variables.flatMap(({ role, value }) => (role === 'state' ? [value.id] : [])));
  const needed = new Set([...outputs, ...updates.filter(({ variable }) => states.has(variable.id))].map(({ value }) => value.id));
  const forward = new Set<Operation>();
  for (const operation of operations.toReversed()) {
    if (!operation.outputs.some(({ id }) => needed.has(id))) continue;
    forward.add(operation);
    for (const { id } of operation.inputs) needed.add(id);
  }
  const ofOptimizer = new Set([
    ...inputs.filter(({ name }) => name === 'learningRate').map(({ value }) => value.id),
    ...variables.filter(({ role }) => role === 'optimizer').map(({ value }) => value.id),
  ]);
  const phases = new Map<Operation, Phase>();
  for (const operation of operations) {
    const isUpdate = !forward.has(operation) && operation.inputs.some(({ id }) => ofOptimizer.has(id));
    if (isUpdate) for (const { id } of operation.outputs) ofOptimizer.add(id);
    phases.set(operation, forward.has(operation) ? 'forward' : isUpdate ? 'update' : 'backward');
  }
  return phases;
}
