import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { findLayer } from '../layers/index';
import { cifarResnet } from '../testing/knownNetworks';
import { compileNetwork } from './compile';
import type { OptimizerSettings } from './optimizers';
import { phasesOf } from './phases';
import type { Program } from './program';

const analysis = analyze(cifarResnet(20));

function trainedBy(optimizer: OptimizerSettings): Program {
  const compiled = compileNetwork(analysis, { findLayer, training: { optimizer, objectives: [] } });
  if (!compiled.ok) throw new Error(compiled.error.message);
  return compiled.value.programs.train as Program;
}

/** How often each primitive is there in each phase. */
function counts(program: Program, phase: string): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [{ primitive }, own] of phasesOf(program)) if (own === phase) found[primitive] = (found[primitive] ?? 0) + 1;
  return found;
}

describe('the phases of a training step', () => {
  // ResNet-20: 19 convolutions of 3×3 and 2 projections with 1 of the stem, 19 batch norms, one dense layer.
  it('have layers in the one, their gradients in the next, and a step for each weight in the last', () => {
    const program = trainedBy({ kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 });
    expect(counts(program, 'forward')).toMatchObject({ conv: 22, batchNormTrain: 19, relu: 19, softmaxCrossEntropy: 1 });
    // The image needs no gradient.
    expect(counts(program, 'backward')).toMatchObject({ convFilterGrad: 22, convInputGrad: 21, batchNormGrad: 19, reluGrad: 19 });
    expect(counts(program, 'update')).toEqual({ applyAdam: 22 + 2 * 19 + 2, pow: 2, add: 1 });
    expect(phasesOf(program).size).toBe(program.operations.length);
  });

  it('have no optimizer’s slot outside its step, and clipping among the gradients', () => {
    const program = trainedBy({ kind: 'sgd', momentum: 0, nesterov: false, globalClipNorm: 1 });
    expect(counts(program, 'update')).not.toHaveProperty('sqrt');
    expect(counts(program, 'backward')).toHaveProperty('sqrt');
  });
});
