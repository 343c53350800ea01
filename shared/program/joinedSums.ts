import { sameType } from '../graph/tensor';
import type { Value } from './builder';
import type { Operation, Program } from './program';

/**
 * The program as TensorFlow's graph optimiser makes sums: where those of one shape are only there to be added to again, all become one
 * operation, which waits for the last addend.
 */
export function joinedSums(program: Program): Program {
  const { addends, inner } = sumsOf(program);
  const whole = program.operations.filter(({ outputs }) => !outputs.some(({ id }) => inner.has(id)));
  return { ...program, operations: whole.map((operation) => withAddends(operation, addends)) };
}

/** The sums of values of one shape. */
interface Sums {
  /** What each adds up, by its id; of a sum that is only there to be added to, its addends stand in its place. */
  readonly addends: ReadonlyMap<number, readonly Value[]>;
  /** Ids of those that are only there to be added to. */
  readonly inner: ReadonlySet<number>;
}

export function sumsOf(program: Program): Sums {
  const uses = usesOf(program);
  const addends = new Map<number, readonly Value[]>();
  const inner = new Set<number>();
  for (const { primitive, inputs, outputs } of program.operations) {
    const [sum] = outputs;
    if (primitive !== 'add' || !sum || !inputs.every(({ type }) => sameType(type, sum.type))) continue;
    const joined = inputs.filter(({ id }) => uses.get(id) === 1 && addends.has(id));
    for (const { id } of joined) inner.add(id);
    addends.set(
      sum.id,
      inputs.flatMap((input) => (joined.includes(input) ? (addends.get(input.id) ?? []) : [input])),
    );
  }
  return { addends, inner };
}

function withAddends(operation: Operation, addends: ReadonlyMap<number, readonly Value[]>): Operation {
  return { ...operation, inputs: addends.get(operation.outputs[0]?.id ?? -1) ?? operation.inputs };
}

/** How often each value is taken, by its id. */
export function usesOf({ operations, outputs, updates }: Program): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  const used = [...operations.flatMap(({ inputs }) => inputs), ...[...outputs, ...updates].map(({ value }) => value)];
  for (const { id } of used) uses.set(id, (uses.get(id) ?? 0) + 1);
  return uses;
}
