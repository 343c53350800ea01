import { describe, expect, it } from 'vitest';
import { BATCH } from '../graph/dim';
import { builderOf } from './builderOf';
import { printProgram } from './printProgram';
import type { Program } from './program';
import { verifyProgram } from './verifyProgram';

function small(): Program {
  const builder = builderOf();
  const x = builder.input('x', { dtype: 'float32', shape: [BATCH, 3] });
  const kernel = builder.variable({ name: 'dense/kernel', shape: [3, 2], role: 'weight', initializer: { kind: 'zeros' } });
  const total = builder.variable({ name: 'total', shape: [2], role: 'state', initializer: { kind: 'zeros' } });
  const y = builder.relu(builder.matMul(x, kernel));
  builder.exp(y);
  builder.output('y', y);
  builder.assign(total, builder.add(total, builder.reduceSum(y, [0])));
  return builder.build('small');
}

describe('a program', () => {
  it('reads as text, without what nothing needs', () => {
    expect(printProgram(small())).toBe(
      [
        'program small',
        '  %0 = input x : N×3',
        '  %1 = weight dense/kernel : 3×2',
        '  %2 = state total : 2',
        '  %3 = matMul %0 %1 {transposeA: false · transposeB: false} : N×2',
        '  %4 = relu %3 : N×2',
        '  %6 = reduceSum %4 {axes: [0] · keepDims: false} : 2',
        '  %7 = add %2 %6 : 2',
        '  update %2 ← %7',
        '  output y = %4',
        '',
      ].join('\n'),
    );
  });

  it('is sound as the builder makes it', () => {
    expect(() => verifyProgram(small())).not.toThrow();
  });

  it('whose operation comes before its operand is found out', () => {
    const program = small();
    expect(() => verifyProgram({ ...program, operations: program.operations.toReversed() })).toThrow(/is used before it is made/);
  });

  it('that makes a value twice is found out', () => {
    const program = small();
    expect(() => verifyProgram({ ...program, operations: [...program.operations, ...program.operations.slice(-1)] })).toThrow(
      /is made twice/,
    );
  });

  it('whose written type is not what its primitive gives is found out', () => {
    const program = small();
    const operations = program.operations.map((operation) =>
      operation.primitive === 'relu'
        ? {
            ...operation,
            outputs: operation.outputs.map((value) => ({ ...value, type: { dtype: 'float32' as const, shape: [BATCH, 5] } })),
          }
        : operation,
    );
    expect(() => verifyProgram({ ...program, operations })).toThrow('relu does not give the types');
  });

  it('that updates what is no variable, or twice, is found out', () => {
    const program = small();
    expect(() => verifyProgram({ ...program, updates: [...program.updates, ...program.updates] })).toThrow(/updated twice/);
  });

  it.each([
    ['unequal shapes', /do not broadcast/, (b: ReturnType<typeof builderOf>) => b.add(b.constant([1, 2], [2]), b.constant([1, 2, 3], [3]))],
    [
      'mixed element types',
      /expected one element type/,
      (b: ReturnType<typeof builderOf>) => b.add(b.scalar(1), b.constant(Int32Array.of(1), [])),
    ],
    ['a reshape that does not fill', /does not fill/, (b: ReturnType<typeof builderOf>) => b.reshape(b.constant([1, 2, 3], [3]), [2])],
    [
      'no common inner size',
      /no inner size in common/,
      (b: ReturnType<typeof builderOf>) => b.matMul(b.constant([1, 2], [1, 2]), b.constant([1], [1, 1])),
    ],
    ['an axis that is not there', /do not fit/, (b: ReturnType<typeof builderOf>) => b.reduceSum(b.scalar(1), [0])],
    ['a constant with missing elements', /expected 2/, (b: ReturnType<typeof builderOf>) => b.constant([1], [2])],
    [
      'an assignment of another shape',
      /assign: "v"/,
      (b: ReturnType<typeof builderOf>) =>
        b.assign(b.variable({ name: 'v', shape: [1], role: 'state', initializer: { kind: 'zeros' } }), b.scalar(1)),
    ],
  ] as const)('cannot be built with %s', (_, message, build) => {
    expect(() => build(builderOf())).toThrow(message);
  });
});
