import { describe, expect, it } from 'vitest';
import { analyze } from '../infer/analyze';
import { findLayer } from '../layers/index';
import { networkOf } from '../testing/networks';
import { compileNetwork } from './compile';
import { estimateMemory, evaluationBatch, largestBatch, memoryByLayer } from './memory';

function compiled(training: boolean) {
  const document = networkOf({ x: ['input', { shape: [1000] }], dense: ['dense', { units: 500, useBias: false }], out: ['output'] }, [
    'x → dense → out',
  ]);
  const options = training
    ? { training: { optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }, objectives: [] } as const }
    : {};
  const network = compileNetwork(analyze(document), { findLayer, ...options });
  if (!network.ok) throw new Error(network.error.message);
  return network.value;
}

describe('a memory estimate', () => {
  it('counts a prediction by hand: the input and the output of a dense layer', () => {
    expect(estimateMemory(compiled(false), 10)).toMatchObject({ variables: 4 * 500_000, values: 10 * 4 * 1500 });
  });

  it('counts the optimizer’s slots with the weights, and the gradient with the values', () => {
    const { variables, values } = estimateMemory(compiled(true), 1);
    // Kernel, m and v, and the step's number.
    expect(variables).toBe(4 * (3 * 500_000 + 1));
    expect(values).toBeGreaterThanOrEqual(4 * 500_000);
    expect(values).toBeLessThan(4 * 520_000);
  });

  it('gives the largest batch that fits, and 0 where none does', () => {
    const network = compiled(false);
    const memory = estimateMemory(network, 37).total;
    expect(largestBatch(network, memory)).toBe(37);
    expect(largestBatch(network, memory * 0.999)).toBeLessThan(37);
    expect(largestBatch(network, 1000)).toBe(0);
  });

  it('evaluates 256 samples at once, and fewer where their values would take more than a step may', () => {
    expect(evaluationBatch(compiled(true))).toBe(256);
    const images = networkOf(
      { x: ['input', { shape: [512, 512, 3] }], conv: ['conv2d', { filters: 64, kernelSize: [3, 3], padding: 'same' }], out: ['output'] },
      ['x → conv → out'],
    );
    const network = compileNetwork(analyze(images), { findLayer });
    if (!network.ok) throw new Error(network.error.message);
    // 67 MB an image for the convolution, 3 MB for the image; the bias is added in place.
    expect(evaluationBatch(network.value)).toBe(5);
  });
});

describe('the memory of layers', () => {
  it.each(['tensorflow', 'onnxruntime'] as const)('is what the estimate counts at the peak of a recurrent network on %s', (engine) => {
    const document = networkOf(
      { x: ['input', { shape: [6, 4] }], rnn: ['simpleRnn', { units: 64 }], scores: ['dense', { units: 2 }], y: ['output'] },
      ['x → rnn → scores → y'],
    );
    const training = { optimizer: { kind: 'sgd', momentum: 0, nesterov: false }, objectives: [] } as const;
    const network = compileNetwork(analyze(document), { findLayer, training });
    if (!network.ok || !network.value.programs.train) throw new Error('There is nothing to train.');
    const sum = [...memoryByLayer(network.value.programs.train, 1, engine).values()].reduce((all, bytes) => all + bytes, 0);
    const { values } = estimateMemory(network.value, 1, engine);
    // The estimate also counts the inputs, and not what is written over its operand.
    expect(sum / values).toBeGreaterThan(0.9);
    expect(sum / values).toBeLessThan(1.1);
  });
});
