import { sameType } from '../graph/tensor';
import type { Value } from './builder';
import { primitiveNamed } from './primitives/registry';
import type { Operation, Program } from './program';
import { ProgramError } from './programError';

/**
 * Checks what every pass must keep: each value is made once and before its first use, each operation's types are those
 * that its primitive infers, each update fits its variable. Throws `ProgramError` naming the first fault.
 */
export function verifyProgram(program: Program): void {
  const made = new Map<number, Value>();
  const make = (value: Value, where: string) => {
    if (made.has(value.id)) throw fault(program, `%${value.id} is made twice (${where}).`);
    made.set(value.id, value);
  };
  const use = (value: Value, where: string) => {
    const known = made.get(value.id);
    if (!known) throw fault(program, `%${value.id} is used before it is made (${where}).`);
    if (!sameType(known.type, value.type)) throw fault(program, `%${value.id} has two types (${where}).`);
  };
  for (const { name, value } of [...program.inputs, ...program.variables]) make(value, name);
  for (const operation of program.operations) {
    for (const input of operation.inputs) use(input, operation.primitive);
    if (operation.after) use(operation.after, `what ${operation.primitive} waits for`);
    checkTypes(program, operation);
    for (const output of operation.outputs) make(output, operation.primitive);
  }
  for (const { name, value } of program.outputs) use(value, `output ${name}`);
  checkUpdates(program, use);
  checkGuard(program);
}

function checkTypes(program: Program, { primitive: name, inputs, outputs, attributes }: Operation): void {
  const primitive = primitiveNamed(name);
  const inferred = primitive.infer(
    inputs.map((input) => input.type),
    attributes,
  );
  const fits = inferred.length === outputs.length && inferred.every((type, index) => sameType(type, (outputs[index] as Value).type));
  if (!fits) throw fault(program, `${name} does not give the types that are written down for it.`);
}

function checkUpdates({ variables, updates, name }: Program, use: (value: Value, where: string) => void): void {
  const ids = new Set(variables.map(({ value }) => value.id));
  for (const { variable, value } of updates) {
    if (!ids.delete(variable.id)) throw new ProgramError(`Program "${name}": %${variable.id} is updated twice or is no variable.`);
    use(value, 'update');
    if (!sameType(variable.type, value.type)) throw new ProgramError(`Program "${name}": the update of %${variable.id} has another type.`);
  }
}

function checkGuard(program: Program): void {
  const { guard, outputs } = program;
  if (!guard) return;
  if (guard.type.shape.length !== 0 || guard.type.dtype !== 'float32') throw fault(program, 'its guard is no float32 scalar.');
  if (!outputs.some(({ value }) => value.id === guard.id)) throw fault(program, 'its guard is no output.');
}

function fault({ name }: Program, what: string): ProgramError {
  return new ProgramError(`Program "${name}": ${what}`);
}
