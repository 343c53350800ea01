import type { Program } from '../../program/program';
import type { RandomAttributes } from '../../program/primitives/source';
import type { NumberArray } from './array';
import { evaluateProgram, type NumberArrays } from './evaluate';

/** The uniform numbers that a program draws, in the order in which its layers asked for them. */
export function drawnNumbers(program: Program, inputs: NumberArrays): readonly NumberArray[] {
  const draws = program.operations
    .filter(({ primitive }) => primitive === 'randomUniform')
    .toSorted((a, b) => (a.attributes as RandomAttributes).index - (b.attributes as RandomAttributes).index);
  const outputs = draws.flatMap(({ outputs: [value] }, index) => (value ? [{ name: String(index), value }] : []));
  const { outputs: drawn } = evaluateProgram({ ...program, variables: [], updates: [], operations: draws, outputs }, inputs);
  return outputs.map(({ name }) => drawn[name] as NumberArray);
}
