import type { Program } from './program';

/** The program without operations, inputs and variables that no output and no update needs. */
export function prune(program: Program): Program {
  const needed = new Set<number>();
  for (const { value } of program.outputs) needed.add(value.id);
  for (const { variable, value } of program.updates) needed.add(variable.id).add(value.id);
  const operations = program.operations.toReversed().filter(({ inputs, outputs }) => {
    if (!outputs.some((output) => needed.has(output.id))) return false;
    for (const input of inputs) needed.add(input.id);
    return true;
  });
  return {
    ...program,
    inputs: program.inputs.filter(({ value }) => needed.has(value.id)),
    variables: program.variables.filter(({ value }) => needed.has(value.id)),
    operations: operations.toReversed(),
  };
}
