import type { Value } from './builder';
import { primitiveNamed } from './primitives/registry';
import type { Operation, Program } from './program';

/**
 * For a pass that writes the operations of a program anew: appends one in the place of another and gives its first result. Its results are
 * `as` where they are there already, else of ids that the program has not.
 */
export function emitter(program: Program, operations: Operation[]) {
  let next = 1 + valuesOf(program).reduce((most, { id }) => Math.max(most, id), 0);
  return ({ origin }: Operation, primitive: string, inputs: readonly Value[], attributes: object, as?: readonly Value[]): Value => {
    const types = inputs.map(({ type }) => type);
    const outputs =
      as ??
      primitiveNamed(primitive)
        .infer(types, attributes)
        .map((type) => ({ id: next++, type }));
    operations.push({ primitive, inputs, attributes, outputs, ...(origin === undefined ? {} : { origin }) });
    return outputs[0] as Value;
  };
}

function valuesOf({ inputs, variables, operations }: Program): readonly Value[] {
  return [...[...inputs, ...variables].map(({ value }) => value), ...operations.flatMap(({ outputs }) => outputs)];
}
