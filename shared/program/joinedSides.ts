import { sameType } from '../graph/tensor';
import type { Value } from './builder';
import { emitter } from './emitter';
import { isOverRows } from './joinedProducts';
import type { Operation, Program } from './program';
import { prune } from './prune';

/** Two products over rows, of which the second has more: those of the first and some before or between. */
interface Pair {
  readonly fewer: Operation;
  readonly more: Operation;
  /** What meets each matrix of the second's rows in the first; undefined where it has none. */
  readonly sides: readonly (Value | undefined)[];
}

/**
 * One product for two over the same rows, `[aᵀ·d, bᵀ·d] = [a b]ᵀ·d`: the gradients of both kernels of a recurrent layer, of which that of
 * the state has no rows of the first step. A library's product of fewer than about 350 columns takes twice the time a number.
 */
export function joinSides(program: Program): Program {
  const pairs = pairsOf(program);
  if (pairs.length === 0) return program;
  const operations: Operation[] = [];
  const emit = emitter(program, operations);
  const first = new Set(pairs.map(({ fewer }) => fewer));
  const second = new Map(pairs.map((pair) => [pair.more, pair]));
  for (const operation of program.operations) {
    const pair = second.get(operation);
    if (pair) writeJoined(emit, pair);
    else if (!first.has(operation)) operations.push(operation);
  }
  return prune({ ...program, operations });
}

function writeJoined(emit: ReturnType<typeof emitter>, { fewer, more, sides }: Pair): void {
  const [a, d] = more.inputs as readonly [Value, Value];
  const zero = emit(more, 'constant', [], { data: [0], shape: [], dtype: 'float32' });
  const like = sides.find((side) => side) as Value;
  const rows = sides.map((side) => side ?? emit(more, 'broadcastTo', [zero], { shape: like.type.shape }));
  const both = emit(more, 'concat', [a, emit(more, 'concat', rows, { axis: 0 })], { axis: 1 });
  const product = emit(more, 'matMul', [both, d], { transposeA: true, transposeB: false });
  const sizes = [a, like].map(({ type }) => type.shape[1] as number);
  emit(more, 'split', [product], { axis: 0, sizes }, [...more.outputs, ...fewer.outputs]);
}

function pairsOf({ operations }: Program): readonly Pair[] {
  const makers = new Map(operations.flatMap((operation) => operation.outputs.map(({ id }) => [id, operation] as const)));
  const places = new Map(operations.map((operation, index) => [operation, index] as const));
  const firstUse = new Map<number, number>();
  for (const [index, { inputs }] of operations.entries()) for (const { id } of inputs) if (!firstUse.has(id)) firstUse.set(id, index);
  const products = operations.filter(isOverRows);
  const candidates = products
    .map((operation) => ({ operation, rows: rowsOf(makers, operation.inputs[1] as Value) }))
    .filter(({ rows }) => areDifferent(rows));
  const taken = new Set<Operation>();
  return products.flatMap((fewer): readonly Pair[] => {
    const [a, d] = fewer.inputs.map((side) => partsOf(makers, side)) as [readonly Value[], readonly Value[]];
    const ids = d.map(({ id }) => id);
    if (a.length !== d.length || !areDifferent(ids) || !sameShapes(a)) return [];
    const needed = firstUse.get((fewer.outputs[0] as Value).id) ?? Infinity;
    const found = candidates.find(
      ({ operation, rows }) =>
        operation !== fewer &&
        ids.every((id) => rows.includes(id)) &&
        needed > (places.get(operation) as number) &&
        ![operation, fewer].some((each) => taken.has(each)),
    );
    if (!found) return [];
    taken.add(found.operation).add(fewer);
    return [{ fewer, more: found.operation, sides: found.rows.map((row) => a[ids.indexOf(row)]) }];
  });
}

/** Whether they are some, and none of them twice. */
function areDifferent(ids: readonly number[]): boolean {
  return ids.length > 0 && new Set(ids).size === ids.length;
}

/** The matrices that lie one below the other in a value. */
function partsOf(makers: ReadonlyMap<number, Operation>, value: Value): readonly Value[] {
  const maker = makers.get(value.id);
  return maker?.primitive === 'concat' && (maker.attributes as { axis: number }).axis === 0 ? maker.inputs : [];
}

/** Ids of the same where they are the rows of all steps, `[steps, batch, width]`, too. */
function rowsOf(makers: ReadonlyMap<number, Operation>, value: Value): readonly number[] {
  const within = (whole: Value): Value => {
    const maker = makers.get(whole.id);
    const [before] = maker?.primitive === 'reshape' ? maker.inputs : [];
    return before && before.type.shape.at(-1) === whole.type.shape.at(-1) ? within(before) : whole;
  };
  return partsOf(makers, within(value)).map((part) => within(part).id);
}

function sameShapes(values: readonly Value[]): boolean {
  return values.every(({ type }) => sameType(type, (values[0] as Value).type));
}
