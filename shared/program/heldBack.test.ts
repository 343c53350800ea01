import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { findLayer } from '../layers/index';
import { transformerEncoder } from '../testing/knownNetworks';
import { networkOf } from '../testing/networks';
import type { SkipDocument } from '../document/document';
import { compileNetwork } from './compile';
import { heldBack } from './heldBack';
import { joinedSums } from './joinedSums';
import type { Program } from './program';

function trainingOf(document: SkipDocument): Program {
  const training = { optimizer: { kind: 'sgd', momentum: 0, nesterov: false }, objectives: [] } as const;
  const result = compileNetwork(analyze(document), { findLayer, training });
  if (!result.ok || !result.value.programs.train) throw new Error(result.ok ? 'There is nothing to train.' : result.error.message);
  return result.value.programs.train;
}

/** Indices of the operations that one of them takes something of, directly or not. */
function ancestors({ operations }: Program, of: number): ReadonlySet<number> {
  const found = new Set([of]);
  const makerOf = (id: number) => operations.findIndex(({ outputs }) => outputs.some((output) => output.id === id));
  // A set's iteration also visits what is added on the way.
  for (const index of found) for (const { id } of operations[index]?.inputs ?? []) if (makerOf(id) >= 0) found.add(makerOf(id));
  return found;
}

describe('operations that are held back', () => {
  it('are those of the way back that need nothing of it, until there is what they are used with', () => {
    const program = trainingOf(
      networkOf(
        {
          x: ['input', { shape: [8] }],
          one: ['dense', { units: 4 }],
          cut: ['relu', { maxValue: 0.5 }],
          two: ['dense', { units: 3 }],
          y: ['output'],
        },
        ['x → one → cut → two → y'],
      ),
    );
    const held = [...heldBack(program)].map(([index, { id: awaited }]) => {
      const maker = program.operations.find(({ outputs }) => outputs.some(({ id }) => id === awaited));
      return [program.operations[index]?.primitive, maker?.primitive, maker?.origin];
    });
    // The mask of the minimum waits for the gradient that it is multiplied with.
    expect(held).toEqual([['greater', 'matMul', 'two']]);
  });

  it('wait for what was made before them and takes nothing of them', () => {
    const program = trainingOf(transformerEncoder({ steps: 4, width: 8, heads: 2, blocks: 2 }));
    const held = heldBack(program);
    expect(held.size).toBeGreaterThan(0);
    for (const [index, { id: awaited }] of held) {
      const maker = program.operations.findIndex(({ outputs }) => outputs.some(({ id }) => id === awaited));
      expect(maker).toBeLessThan(index);
      expect(ancestors(program, maker).has(index)).toBe(false);
    }
  });
});

describe('sums that TensorFlow joins', () => {
  it('wait for every step’s gradient of a weight that a sequence uses at each', () => {
    const program = trainingOf(
      networkOf({ x: ['input', { shape: [5, 3] }], rnn: ['gru', { units: 4 }], scores: ['dense', { units: 2 }], y: ['output'] }, [
        'x → rnn → scores → y',
      ]),
    );
    const most = (of: Program) =>
      Math.max(...of.operations.filter(({ primitive }) => primitive === 'add').map(({ inputs }) => inputs.length));
    expect(most(program)).toBe(2);
    // The bias of the state's part works at each of five steps; the kernel's products are one by then.
    expect(most(joinedSums(program))).toBeGreaterThanOrEqual(4);
  });
});
