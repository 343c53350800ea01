import { describe, expect, it } from 'vitest';
import { BATCH } from '../graph/dim';
import { relativeDifference } from '../testing/closeTo';
import { array } from '../testing/reference/array';
import { evaluateProgram } from '../testing/reference/evaluate';
import type { Value } from './builder';
import { builderOf } from './builderOf';
import { joinProducts } from './joinedProducts';
import type { Program } from './program';
import { randomOf } from './random';
import { verifyProgram } from './verifyProgram';

const matrix = (columns: number) => ({ dtype: 'float32', shape: [BATCH, columns] }) as const;

/** `Σ xᵢᵀ·yᵢ`, of so many products, plus `more` and once more the first product, whose value is also asked for. */
function sumOfProducts(count: number): Program {
  const b = builderOf([]);
  const more = b.input('more', { dtype: 'float32', shape: [2, 3] });
  const product = (index: number) => b.matMul(b.input(`x${index}`, matrix(2)), b.input(`y${index}`, matrix(3)), { transposeA: true });
  const first = product(0);
  const sum = Array.from({ length: count }, (_, index) => product(index)).reduce((before: Value, value) => b.add(before, value), more);
  b.output('first', first);
  b.output('sum', b.add(sum, first));
  return b.build('sum');
}

function numbersFor(program: Program) {
  const random = randomOf(1, 'numbers');
  return Object.fromEntries(
    program.inputs.map(({ name, value }) => {
      const shape = value.type.shape.map((size) => (typeof size === 'number' ? size : 5));
      const data = Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => random.normal());
      return [name, array(shape, data)];
    }),
  );
}

const named = ({ operations }: Program, name: string) => operations.filter(({ primitive }) => primitive === name);

describe('a sum of products over rows', () => {
  it('becomes one product and gives the same numbers, whatever else is added', () => {
    const written = sumOfProducts(6);
    const joined = joinProducts(written);
    verifyProgram(joined);
    // That of the value that is asked for by itself remains.
    expect(named(joined, 'matMul')).toHaveLength(2);
    expect(named(joined, 'add')).toHaveLength(2);
    const numbers = numbersFor(written);
    const [before, after] = [written, joined].map((program) => evaluateProgram(program, numbers).outputs);
    for (const output of ['first', 'sum'])
      expect(relativeDifference(after?.[output]?.data ?? [], before?.[output]?.data ?? [])).toBeLessThan(1e-12);
  });

  it('is left as it is where there are few, or where a product is of columns', () => {
    const few = sumOfProducts(3);
    expect(joinProducts(few)).toBe(few);
    const b = builderOf([]);
    const product = (index: number) => b.matMul(b.input(`x${index}`, matrix(2)), b.input('y', { dtype: 'float32', shape: [2, 3] }));
    b.output(
      'sum',
      [1, 2, 3, 4, 5, 6].map(product).reduce((before, value) => b.add(before, value)),
    );
    const columns = b.build('columns');
    expect(joinProducts(columns)).toBe(columns);
  });
});
