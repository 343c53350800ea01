import type { Value } from './builder';
import type { ProgramBuilder } from './builderOf';
import type { InputGradients, Ports } from './primitive';
import { primitiveNamed } from './primitives/registry';
import type { Operation } from './program';
import { ProgramError } from './programError';

/**
 * Appends the gradients of a scalar `loss` by each value of `by`, in that order; undefined where the loss does not
 * depend on it. A walk backwards over the operations, adding up what arrives at each value.
 */
export function differentiate(builder: ProgramBuilder, loss: Value, by: readonly Value[]): readonly (Value | undefined)[] {
  if (loss.type.shape.length !== 0) throw new ProgramError('differentiate: expected a scalar loss.');
  const operations = [...builder.operations];
  const reached = dependents(operations, by);
  const gradients = new Map<number, Value>([[loss.id, builder.scalar(1)]]);
  for (const operation of operations.toReversed()) {
    const arriving = operation.outputs.map((output) => gradients.get(output.id));
    if (arriving.every((gradient) => gradient === undefined)) continue;
    if (!operation.inputs.some((input) => reached.has(input.id))) continue;
    builder.within(operation.origin, () => {
      inputGradients(builder, operation, arriving).forEach((gradient, index) => {
        const input = operation.inputs[index] as Value;
        if (!gradient || !reached.has(input.id)) return;
        const sum = gradients.get(input.id);
        gradients.set(input.id, sum ? builder.add(sum, gradient) : gradient);
      });
    });
  }
  return by.map((value) => gradients.get(value.id));
}

function inputGradients(builder: ProgramBuilder, operation: Operation, arriving: readonly (Value | undefined)[]): InputGradients<Ports> {
  const { gradient } = primitiveNamed(operation.primitive);
  if (gradient === 'constant') return [];
  if (!gradient) throw new ProgramError(`${operation.primitive} has no gradient.`);
  return gradient(builder, operation, arriving);
}

/** Ids of the values that change with one of the given values. */
function dependents(operations: readonly Operation[], by: readonly Value[]): ReadonlySet<number> {
  const reached = new Set(by.map((value) => value.id));
  for (const { inputs, outputs } of operations) {
    if (inputs.some((input) => reached.has(input.id))) for (const output of outputs) reached.add(output.id);
  }
  return reached;
}
