import type { Value } from './builder';
import type { Operation, Program } from './program';

/** The program in which what could be computed too early waits for what it is used with ({@link heldBack}). */
export function holdBack(program: Program): Program {
  const waits = heldBack(program);
  if (waits.size === 0) return program;
  const after = (operation: Operation, index: number) => ({ ...operation, after: waits.get(index) as Value });
  return { ...program, operations: program.operations.map((operation, index) => (waits.has(index) ? after(operation, index) : operation)) };
}

/**
 * Operations of the way back that could be computed on the way forth, because they take values of the forward pass alone (the mask of a
 * maximum, `1 − y` of a sigmoid), by index, each with a value that it is to wait for: what its result is first used with. An
 * engine that computes whatever it can would hold each of them from there to its use. What is waited for was made before it in the
 * program, so nobody waits for himself.
 */
export function heldBack(program: Program): ReadonlyMap<number, Value> {
  const { operations, guard } = program;
  const back = operations.findIndex(({ outputs }) => outputs.some(({ id }) => id === guard?.id)) + 1;
  const waits = new Map<number, Value>();
  if (back === 0) return waits;
  const makers = new Map(operations.flatMap(({ outputs }, index) => outputs.map(({ id }) => [id, index] as const)));
  const makerOf = ({ id }: Value) => makers.get(id) ?? -1;
  /** Constants, what is held, and what comes of both and the forward pass alone. */
  const early = new Set(operations.flatMap(({ inputs }, index) => (inputs.length === 0 ? [index] : [])));
  const isEarly = (value: Value) => makerOf(value) < back || early.has(makerOf(value));
  const users = firstUsers(operations, makerOf);
  for (let index = back; index < operations.length; index += 1) {
    const { inputs } = operations[index] as Operation;
    if (early.has(index) || !inputs.every(isEarly)) continue;
    // What takes a held value waits with it. Where nothing is there to wait for, the gradient itself begins.
    const follows = inputs.some((value) => makerOf(value) >= back && operations[makerOf(value)]?.inputs.length !== 0);
    const awaited = follows ? undefined : companion(index);
    if (follows || awaited) early.add(index);
    if (awaited) waits.set(index, awaited);
  }
  return waits;

  /** The latest value that there is beside the result where it is first used; else beside what that use gives, and so on. */
  function companion(made: number): Value | undefined {
    for (let user = users.get(made); user !== undefined; user = users.get(user)) {
      const beside = operations[user]?.inputs.filter((value) => !isEarly(value) && makerOf(value) < made) ?? [];
      if (beside.length > 0) return beside.reduce((a, b) => (makerOf(b) > makerOf(a) ? b : a));
    }
    return undefined;
  }
}

/** Of each operation by index the first one that takes a result of it. */
function firstUsers(operations: readonly Operation[], makerOf: (value: Value) => number): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const [index, { inputs }] of operations.entries()) {
    for (const maker of inputs.map(makerOf)) if (!first.has(maker)) first.set(maker, index);
  }
  return first;
}
