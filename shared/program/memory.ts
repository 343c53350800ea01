import { evaluateDim, isKnown, type Dim, type DimExpression } from '../graph/dim';
import type { Shape } from '../graph/tensor';
import type { Value } from './builder';
import type { CompiledNetwork } from './compiled';
import { joinedSums } from './joinedSums';
import type { Operation, Program } from './program';

/** What a run of a program holds at once, in bytes. */
export interface MemoryEstimate {
  /** Weights, states and the optimizer's slots: whatever the batch is. */
  readonly variables: number;
  /** The most that values between operations take at one time. */
  readonly values: number;
  /** Both, what the engine's kernels work in, and the engine's own library. */
  readonly total: number;
}

/** Node, the engine's library and its threads, and what they take whatever the network: measured with ResNet-20. */
const LIBRARY_BYTES = 420e6;
/** What an engine's plan takes for each operation: the graph before and after its optimiser, kernels, what oneDNN keeps. Measured: 15 to 60 KB. */
const PLAN_BYTES = 30e3;
/** Weights are there once more on their way into the engine. */
const COPIES = 2;
/**
 * What kernels work in and what the allocator leaves between, as a share of the values: oneDNN's reordered operands; onnxruntime's arena,
 * which doubles what it takes, and its copies of convolutions in blocks. Measured (docs/benchmarks.md).
 */
const WORKSPACE_SHARE = { tensorflow: 0.15, onnxruntime: 1.3 } as const;

/** An engine whose memory is estimated. */
export type EstimatedEngine = keyof typeof WORKSPACE_SHARE;
const BYTES = { float32: 4, int32: 4, bool: 1 } as const;
/** Every unknown size but the batch, such as a sequence's length. */
const UNKNOWN_SIZE = 128;

/**
 * Memory of a network's training step at a batch, or of a prediction where it is not trained. How far it is from measured peaks is in
 * docs/benchmarks.md.
 */
export function estimateMemory(network: CompiledNetwork, batch: number, engine: EstimatedEngine = 'tensorflow'): MemoryEstimate {
  return estimatesOf(network, engine)(batch);
}

/** Estimates by the batch: what is the same for all of them is computed once. */
function estimatesOf({ programs, variables }: CompiledNetwork, engine: EstimatedEngine): (batch: number) => MemoryEstimate {
  const bytes = variables.reduce((sum, { shape }) => sum + 4 * shape.reduce((product, size) => product * size, 1), 0);
  const written = programs.train ?? programs.predict;
  const program = asRunBy(engine, written);
  const whatever = LIBRARY_BYTES + PLAN_BYTES * written.operations.length + COPIES * bytes;
  return (batch) => {
    const values = peakOf(program, batch).bytes;
    return { variables: bytes, values, total: whatever + values * (1 + WORKSPACE_SHARE[engine]) };
  };
}

function asRunBy(engine: EstimatedEngine, program: Program): Program {
  return engine === 'tensorflow' ? joinedSums(program) : program;
}

/** No larger batch is looked for. */
const MOST_BATCH = 65_536;

/** The largest batch whose estimate stays within the memory; 0 where not even one sample fits. */
export function largestBatch(network: CompiledNetwork, memory: number, engine: EstimatedEngine = 'tensorflow'): number {
  const estimate = estimatesOf(network, engine);
  return largest(MOST_BATCH, (batch) => estimate(batch).total <= memory);
}

/** Batches of evaluation: larger ones gain nothing. */
const EVALUATION_BATCH = 256;
/** What the values of an evaluation may take: with large images a batch of that many would take more than a training step. */
const EVALUATION_BYTES = 400e6;

/** How many samples are evaluated at once. */
export function evaluationBatch({ programs }: CompiledNetwork): number {
  const program = programs.evaluate ?? programs.predict;
  return Math.max(
    1,
    largest(EVALUATION_BATCH, (batch) => peakOf(program, batch).bytes <= EVALUATION_BYTES),
  );
}

/** The largest number up to `most` that fits, where every smaller one does too. */
function largest(most: number, fitsIn: (value: number) => boolean): number {
  let [fits, tooMuch] = [0, most + 1];
  while (tooMuch - fits > 1) {
    const middle = (fits + tooMuch) >> 1;
    if (fitsIn(middle)) fits = middle;
    else tooMuch = middle;
  }
  return fits;
}

/** Numbers in the place of unknown sizes, by their names. */
export type Sizes = Readonly<Record<string, number>>;

/** Sizes of a program's run at a batch; every unknown size but the batch is 128, such as a sequence's length. */
export function sizesAt({ inputs }: Program, batch: number): Sizes {
  const names = inputs.flatMap(({ value }) => value.type.shape).flatMap((dim) => (isKnown(dim) ? [] : unknownsOf(dim)));
  return { ...Object.fromEntries(names.map((name) => [name, UNKNOWN_SIZE])), N: batch };
}

function unknownsOf({ terms }: DimExpression): readonly string[] {
  return terms.flatMap(({ factors }) => factors.flatMap((factor) => ('unknown' in factor ? [factor.unknown] : unknownsOf(factor.floorOf))));
}

/**
 * Bytes of the values that are there when a run takes the most memory, by the layer (its path) that made them; under undefined
 * those of the loss. Inputs are not counted, and what is written over its operand is counted twice.
 */
export function memoryByLayer(
  written: Program,
  batch: number,
  engine: EstimatedEngine = 'tensorflow',
): ReadonlyMap<string | undefined, number> {
  const program = asRunBy(engine, written);
  const { index: peak } = peakOf(program, batch);
  const last = lastUses(program);
  const resident = residentOf(program);
  const sums = new Map<string | undefined, number>();
  program.operations.forEach(({ origin, outputs }, index) => {
    if (index > peak) return;
    const there = outputs.filter(({ id }) => !resident.has(id) && (index === peak || (last.get(id) ?? -1) >= peak));
    const bytes = there.reduce((sum, value) => sum + bytesOf(value, batch), 0);
    if (bytes > 0) sums.set(origin, (sums.get(origin) ?? 0) + bytes);
  });
  return sums;
}

function lastUses({ operations, outputs, updates }: Program): ReadonlyMap<number, number> {
  const last = new Map<number, number>();
  operations.forEach((operation, index) => operation.inputs.forEach(({ id }) => last.set(id, index)));
  for (const { value } of [...outputs, ...updates]) last.set(value.id, operations.length);
  return last;
}

/** Values that take no memory of their own: an optimizer's step writes its results where the variables are. */
function residentOf({ operations, variables }: Program): ReadonlySet<number> {
  const steps = operations.filter(({ primitive }) => primitive.startsWith('apply')).flatMap((operation) => operation.outputs);
  return new Set([...variables.map(({ value }) => value.id), ...steps.map(({ id }) => id)]);
}

/** A value is there from the operation that makes it to the last that takes it; one that is made in its operand's place is no other. */
function peakOf(program: Program, batch: number): { readonly bytes: number; readonly index: number } {
  const { operations, inputs } = program;
  const last = lastUses(program);
  const resident = residentOf(program);
  const size = (value: Value) => (resident.has(value.id) ? 0 : bytesOf(value, batch));
  let live = inputs.reduce((sum, { value }) => sum + size(value), 0);
  let peak = { bytes: live, index: -1 };
  operations.forEach((operation, index) => {
    const made = operation.outputs.reduce((sum, value) => sum + size(value), 0);
    const freed = unique(operation.inputs).reduce((sum, value) => sum + (last.get(value.id) === index ? size(value) : 0), 0);
    const bytes = live + (isInPlace(operation, last, index, resident) ? Math.max(0, made - freed) : made);
    if (bytes > peak.bytes) peak = { bytes, index };
    const unused = operation.outputs.reduce((sum, value) => sum + (last.has(value.id) ? 0 : size(value)), 0);
    live += made - freed - unused;
  });
  return peak;
}

function unique(values: readonly Value[]): readonly Value[] {
  return [...new Map(values.map((value) => [value.id, value])).values()];
}

/** Element by element, or only seen in another shape: engines write the result over an operand that nobody needs afterwards. */
const IN_PLACE = new Set([
  'add',
  'sub',
  'mul',
  'div',
  'maximum',
  'minimum',
  'relu',
  'reluGrad',
  'relu6',
  'relu6Grad',
  'tanhGrad',
  'sigmoidGrad',
  'exp',
  'log',
  'sqrt',
  'tanh',
  'sigmoid',
  'neg',
  'reshape',
]);

function isInPlace(
  { primitive, inputs }: Operation,
  last: ReadonlyMap<number, number>,
  index: number,
  resident: ReadonlySet<number>,
): boolean {
  return IN_PLACE.has(primitive) && inputs.some(({ id }) => !resident.has(id) && last.get(id) === index);
}

function bytesOf({ type: { dtype, shape } }: Value, batch: number): number {
  return BYTES[dtype] * elements(shape, batch);
}

function elements(shape: Shape, batch: number): number {
  return shape.reduce<number>((product, dim) => product * sizeOf(dim, batch), 1);
}

function sizeOf(dim: Dim, batch: number): number {
  return evaluateDim(dim, { N: batch }) ?? UNKNOWN_SIZE;
}
