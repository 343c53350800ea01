import { sameType } from '../graph/tensor';
import type { Value } from './builder';
import type { Operation, Program } from './program';

/**
 * The program as TensorFlow's graph optimiser makes sums: where those of one shape are only there to be added to again, all become one
 * operation, which waits for the last addend. So the gradients of a weight that is used at every step of a sequence are all there at once.
 */
export function joinedSums(program: Program): Program {
  const { operations } = program;
  const uses = usesOf(program);
  const addends = new Map<number, readonly Value[]>();
  const inner = new Set<number>();
  for (const { primitive, inputs, outputs } of operations) {
    const [sum] = outputs;
    if (primitive !== 'add' || !sum || !inputs.every(({ type }) => sameType(type, sum.type))) continue;
    const joined = inputs.filter(({ id }) => uses.get(id) === 1 && addends.has(id));
    for (const { id } of joined) inner.add(id);
    addends.set(
      sum.id,
      inputs.flatMap((input) => (joined.includes(input) ? (addends.get(input.id) ?? []) : [input])),
    );
  }
  const whole = operations.filter(({ outputs }) => !outputs.some(({ id }) => inner.has(id)));
  return { ...program, operations: whole.map((operation) => withAddends(operation, addends)) };
}

function withAddends(operation: Operation, addends: ReadonlyMap<number, readonly Value[]>): Operation {
  return { ...operation, inputs: addends.get(operation.outputs[0]?.id ?? -1) ?? operation.inputs };
}

function usesOf({ operations, outputs, updates }: Program): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  const used = [...operations.flatMap(({ inputs }) => inputs), ...[...outputs, ...updates].map(({ value }) => value)];
  for (const { id } of used) uses.set(id, (uses.get(id) ?? 0) + 1);
  return uses;
}
