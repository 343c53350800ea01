import { describe, expect, it } from 'vitest';
import { BATCH } from '../graph/dim';
import { relativeDifference } from '../testing/closeTo';
import { array } from '../testing/reference/array';
import { evaluateProgram } from '../testing/reference/evaluate';
import type { Value } from './builder';
import { builderOf } from './builderOf';
import { joinSides } from './joinedSides';
import type { Program } from './program';
import { randomOf } from './random';
import { verifyProgram } from './verifyProgram';

const STEPS = 3;
const SAMPLES = 4;

/** The gradients of a recurrent layer's kernels, `xᵀ·d` over all steps and `hᵀ·d` over `stepsOfState`. */
function gradients(stepsOfState: readonly number[], order: 'stateFirst' | 'stateUsedBefore' = 'stateFirst'): Program {
  const b = builderOf([]);
  const matrices = (name: string, columns: number) =>
    Array.from({ length: STEPS }, (_, step) => b.input(`${name}${step}`, { dtype: 'float32', shape: [BATCH, columns] }));
  const [states, errors] = [matrices('h', 5), matrices('d', 4)];
  const x = b.concat(matrices('x', 2), 0);
  const at = (list: readonly Value[]) =>
    b.concat(
      stepsOfState.map((step) => list[step] as Value),
      0,
    );
  const state = b.matMul(at(states), at(errors), { transposeA: true });
  if (order === 'stateUsedBefore') b.output('twice', b.add(state, state));
  const rows = errors.map((error) => b.reshape(error, [1, BATCH, 4]));
  const all = b.concat(rows, 0);
  b.output('input', b.matMul(x, b.reshape(all, x.type.shape.with(1, 4)), { transposeA: true }));
  b.output('state', b.add(state, b.scalar(1)));
  return b.build('kernels');
}

function numbersFor(program: Program) {
  const random = randomOf(1, 'numbers');
  return Object.fromEntries(
    program.inputs.map(({ name, value }) => {
      const shape = [SAMPLES, value.type.shape[1] as number];
      return [
        name,
        array(
          shape,
          Array.from({ length: SAMPLES * (shape[1] as number) }, () => random.normal()),
        ),
      ];
    }),
  );
}

const products = ({ operations }: Program) => operations.filter(({ primitive }) => primitive === 'matMul').length;

describe('products over the same rows', () => {
  it.each([
    ['all steps', [0, 1, 2]],
    ['all but the first', [1, 2]],
    ['all but the last, from the back', [1, 0]],
  ] as const)('are one, where the state has %s, and give the same numbers', (_title, steps) => {
    const written = gradients(steps);
    const joined = joinSides(written);
    verifyProgram(joined);
    expect([written, joined].map(products)).toEqual([2, 1]);
    const numbers = numbersFor(written);
    const [before, after] = [written, joined].map((program) => evaluateProgram(program, numbers).outputs);
    for (const output of ['input', 'state'])
      expect(relativeDifference(after?.[output]?.data ?? [], before?.[output]?.data ?? [])).toBeLessThan(1e-12);
  });

  it('stay two where a row is met twice', () => {
    const written = gradients([1, 1]);
    expect(joinSides(written)).toBe(written);
  });

  it('stay two where one is needed before the other can be', () => {
    const written = gradients([1, 2], 'stateUsedBefore');
    expect(joinSides(written)).toBe(written);
  });
});
