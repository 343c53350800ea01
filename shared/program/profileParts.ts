import { evaluateDim, type DimExpression } from '../graph/dim';
import type { TensorType } from '../graph/tensor';
import type { Value } from './builder';
import { sizesAt, type Sizes } from './memory';
import { phasesOf, type Phase } from './phases';
import type { Operation, Program, ProgramVariable } from './program';

/** One operation as a program of its own, to be timed alone, with every size known. */
export interface ProfilePart {
  readonly program: Program;
  /** Of its inputs, by name. */
  readonly inputs: Readonly<Record<string, TensorType>>;
}

/** The different operations of a program. */
export interface ProfileParts {
  readonly parts: readonly ProfilePart[];
  /** How often each layer (its path) has each part; undefined is the loss and the rim. */
  readonly uses: readonly { readonly part: number; readonly origin: string | undefined; readonly phase: Phase }[];
}

/** Operations that compute nothing: an engine folds or renames them. */
const FREE = new Set(['reshape', 'constant', 'size']);

/**
 * The different operations of a program at a batch, each as a program of its own. Two operations with equal attributes and operands
 * of equal types take the same time, so a network of hundreds of layers has few.
 */
export function profileParts(program: Program, batch: number): ProfileParts {
  const settle = settler(sizesAt(program, batch));
  const updated = new Map(program.updates.map(({ variable, value }) => [value.id, variable.id]));
  const variables = new Map(program.variables.map((variable) => [variable.value.id, variable]));
  const phases = phasesOf(program);
  const byKey = new Map<string, number>();
  const parts: ProfilePart[] = [];
  const uses = program.operations.flatMap((operation) => {
    if (FREE.has(operation.primitive) || operation.inputs.length === 0) return [];
    const settled = settle(operation) as Operation;
    const key = keyOf(settled);
    const part = byKey.get(key) ?? parts.length;
    if (part === parts.length) parts.push(partOf(settled, `part${part}`, updated, variables));
    byKey.set(key, part);
    return [{ part, origin: operation.origin, phase: phases.get(operation) as Phase }];
  });
  return { parts, uses };
}

function keyOf({ primitive, inputs, attributes, outputs }: Operation): string {
  // Which operands are the same value matters too.
  const first = inputs.map(({ id }) => inputs.findIndex((other) => other.id === id));
  return JSON.stringify([primitive, first, [...inputs, ...outputs].map(({ type }) => type), attributes]);
}

function partOf(
  operation: Operation,
  name: string,
  updated: ReadonlyMap<number, number>,
  variables: ReadonlyMap<number, ProgramVariable>,
): ProfilePart {
  const updates = operation.outputs.flatMap((value) => {
    const variable = operation.inputs.find(({ id }) => id === updated.get(value.id));
    return variable ? [{ variable, value }] : [];
  });
  // Only what an optimizer writes over has to be a variable.
  const changed = new Set(updates.length === operation.outputs.length ? updates.map(({ variable }) => variable.id) : []);
  const operands = [...new Map(operation.inputs.map((value) => [value.id, value])).values()];
  const fed = operands.filter(({ id }) => !changed.has(id)).map((value, index) => ({ name: `in${index}`, value }));
  const own = operands
    .filter(({ id }) => changed.has(id))
    .map((value, index) => ({ ...(variables.get(value.id) as ProgramVariable), name: `${name}/${index}`, value }));
  // What it waited for is in no program of its own.
  const { after: _, ...alone } = operation;
  const results = changed.size > 0 ? fed.slice(-1).map(({ value }) => value) : operation.outputs;
  return {
    inputs: Object.fromEntries(fed.map((input) => [input.name, input.value.type])),
    program: {
      name,
      inputs: fed,
      variables: own,
      operations: [alone],
      outputs: results.map((value: Value, index) => ({ name: `out${index}`, value })),
      updates: changed.size > 0 ? updates : [],
    },
  };
}

/** Puts numbers in the place of all sizes that are unknown, wherever they are. */
function settler(sizes: Sizes): (value: unknown) => unknown {
  const settle = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
    if (Array.isArray(value)) return value.map(settle);
    if ('terms' in value) return evaluateDim(value as DimExpression, sizes) ?? 1;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, settle(entry)]));
  };
  return settle;
}
