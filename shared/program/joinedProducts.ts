import type { Value } from './builder';
import { emitter } from './emitter';
import { sumsOf, usesOf } from './joinedSums';
import type { MatMulAttributes } from './primitives/linear';
import type { Operation, Program } from './program';

/** A matrix that is used fewer times than this is left as it is. */
const FEWEST = 4;

/**
 * One product for a sum of products over rows, `Σ aᵀ·b = [a …]ᵀ·[b …]`: what the kernel of a recurrent layer gets, which is used at every
 * step. Rows lie one step below the other, so that a kernel's gradient is computed once and not added up step by step.
 */
export function joinProducts(program: Program): Program {
  const { addends, inner } = sumsOf(program);
  const uses = usesOf(program);
  const makers = new Map(program.operations.flatMap((operation) => operation.outputs.map(({ id }) => [id, operation] as const)));
  const isProduct = ({ id }: Value) => uses.get(id) === 1 && isOverRows(makers.get(id));
  const joined = new Map(
    [...addends].flatMap(([sum, values]) => {
      const products = inner.has(sum) ? [] : values.filter(isProduct);
      return products.length < FEWEST ? [] : [[sum, { products, others: values.filter((value) => !products.includes(value)) }] as const];
    }),
  );
  if (joined.size === 0) return program;
  const wholes = [...joined.keys()];
  const replaced = new Set(wholes.flatMap((sum) => (joined.get(sum)?.products ?? []).map(({ id }) => id)));
  const withinJoined = innerSums(program, wholes, inner);
  const operations: Operation[] = [];
  const emit = emitter(program, operations);
  for (const operation of program.operations) {
    const [result] = operation.outputs as readonly [Value];
    const parts = operation.outputs.length === 1 ? joined.get(result.id) : undefined;
    if (parts) {
      const { products, others } = parts;
      const operands = products.map(({ id }) => (makers.get(id) as Operation).inputs as readonly [Value, Value]);
      const rows = [0, 1].map((side) =>
        emit(
          operation,
          'concat',
          operands.map((pair) => pair[side] as Value),
          { axis: 0 },
        ),
      );
      const last = others.at(-1);
      const product = emit(operation, 'matMul', rows, { transposeA: true, transposeB: false }, last ? undefined : [result]);
      const sum = others.slice(0, -1).reduce((before, other) => emit(operation, 'add', [before, other], {}), product);
      if (last) emit(operation, 'add', [sum, last], {}, [result]);
    } else if (!operation.outputs.some(({ id }) => replaced.has(id) || withinJoined.has(id))) operations.push(operation);
  }
  return { ...program, operations };
}

/** Whether it is a product over rows, `aᵀ·b`. */
export function isOverRows(operation: Operation | undefined): boolean {
  if (operation?.primitive !== 'matMul') return false;
  const { transposeA, transposeB } = operation.attributes as MatMulAttributes;
  return transposeA && !transposeB;
}

/** Ids of the sums that are only there to become these. */
function innerSums({ operations }: Program, wholes: readonly number[], inner: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>();
  const asked = new Set(wholes);
  for (const { inputs, outputs } of operations.toReversed()) {
    if (!outputs.some(({ id }) => asked.has(id))) continue;
    for (const { id } of inputs.filter((input) => inner.has(input.id))) {
      asked.add(id);
      found.add(id);
    }
  }
  return found;
}
