import { describe, expect, it } from 'vitest';
import { compileNetwork } from '../../program/compile';
import { BATCH as SAMPLES } from '../../graph/dim';
import { analyze } from '../../infer/analyze';
import { networkOf } from '../../testing/networks';
import { evaluateProgram } from '../../testing/reference/evaluate';
import { builderOf } from '../../program/builderOf';
import { differentiate } from '../../program/differentiate';
import { lowerNetwork } from '../../program/lowerNetwork';
import type { Program } from '../../program/program';
import type { NumberArray } from '../../testing/reference/array';
import { findLayer } from '../index';

const UNITS = 40;
const STEPS = 3;
const BATCH = 5;
const RATE = 0.25;

/** A layer in training, and the gradient of the sum of its outputs by its weights and its input. */
function trained(type: string, params: Readonly<Record<string, unknown>>): Program {
  const analysis = analyze(
    networkOf({ x: ['input', { shape: [STEPS, UNITS] }], layer: [type, { units: UNITS, ...params }], y: ['output'] }, ['x → layer → y']),
  );
  expect(compileNetwork(analysis, { findLayer }).ok).toBe(true);
  const builder = builderOf();
  const y = lowerNetwork(builder, analysis, { findLayer, training: true }).outputs.get('y');
  if (!y) throw new Error('The network has no output.');
  builder.output('y', y);
  const sum = builder.reduceSum(
    y,
    y.type.shape.map((_, axis) => axis),
  );
  builder.output('sum', sum);
  const variables = builder.variables();
  const wanted = [...variables.map(({ value }) => value), builder.input('input/x', { dtype: 'float32', shape: [SAMPLES, STEPS, UNITS] })];
  differentiate(builder, sum, wanted).forEach((gradient, index) => {
    if (gradient) builder.output(`gradient/${variables[index]?.name ?? 'input/x'}`, gradient);
  });
  return builder.build('trained', { updates: false });
}

const array = (shape: readonly number[], value: (index: number) => number): NumberArray => ({
  shape: [...shape],
  data: Float64Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, index) => value(index)),
});
const seed = array([2], (index) => [3, 1][index] as number);
const diagonal = (value: number) => array([UNITS, UNITS], (index) => (index % (UNITS + 1) === 0 ? value : 0));

/** What a linear cell with these diagonal kernels makes of ones: `[batch, steps, units]`. */
function linearOutputs(params: Readonly<Record<string, unknown>>, recurrent: number, x: NumberArray): NumberArray {
  const program = trained('simpleRnn', { activation: 'linear', useBias: false, returnSequences: true, ...params });
  const weights = { 'layer/kernel': diagonal(1), 'layer/recurrentKernel': diagonal(recurrent) };
  return evaluateProgram(program, { 'input/x': x, seed }, weights).outputs['y'] as NumberArray;
}

const at = ({ data }: NumberArray, sample: number, step: number, unit: number) => data[(sample * STEPS + step) * UNITS + unit] as number;

describe('dropout of a recurrent layer', () => {
  it('of the input drops the same channels at all steps of a sample, others in another sample, and makes up for it', () => {
    const y = linearOutputs(
      { dropout: RATE },
      0,
      array([BATCH, STEPS, UNITS], () => 1),
    );
    const rows = Array.from({ length: BATCH }, (_, sample) => Array.from({ length: UNITS }, (__, unit) => at(y, sample, 0, unit)));
    for (const [sample, row] of rows.entries())
      for (const [unit, value] of row.entries()) {
        expect([0, 1 / (1 - RATE)].some((possible) => Math.abs(value - possible) < 1e-12)).toBe(true);
        for (const step of [1, 2]) expect(at(y, sample, step, unit)).toBe(value);
      }
    expect(new Set(rows.map((row) => row.join())).size).toBe(BATCH);
    const share = rows.flat().filter((value) => value === 0).length / (BATCH * UNITS);
    // Five standard errors of a share of a quarter among 200.
    expect(Math.abs(share - RATE)).toBeLessThan(5 * Math.sqrt((RATE * (1 - RATE)) / (BATCH * UNITS)));
  });

  it('of the state hides the same channels at all steps, and leaves the first step alone', () => {
    // Only the first step gives something: what is left of it is multiplied by the mask at each later step.
    const x = array([BATCH, STEPS, UNITS], (index) => (Math.floor(index / UNITS) % STEPS === 0 ? 1 : 0));
    const y = linearOutputs({ recurrentDropout: RATE }, 1, x);
    let hidden = 0;
    for (let sample = 0; sample < BATCH; sample += 1)
      for (let unit = 0; unit < UNITS; unit += 1) {
        const mask = at(y, sample, 1, unit);
        expect(at(y, sample, 0, unit)).toBe(1);
        expect(at(y, sample, 2, unit)).toBeCloseTo(mask * mask, 12);
        hidden += mask === 0 ? 1 : 0;
      }
    expect(Math.abs(hidden / (BATCH * UNITS) - RATE)).toBeLessThan(0.16);
  });

  it.each([
    ['lstm', {}],
    ['gru', {}],
    ['gru', { resetAfter: false }],
    ['simpleRnn', {}],
    ['bidirectional', { layer: 'lstm' }],
  ] as const)('of %s %j has the gradients of central differences under a seed', (type, params) => {
    const program = trained(type, { ...params, units: 3, dropout: RATE, recurrentDropout: RATE });
    const inputs: Record<string, NumberArray> = { seed, 'input/x': array([BATCH, STEPS, UNITS], (index) => Math.sin(index + 1)) };
    const weights: Record<string, NumberArray> = Object.fromEntries(
      program.variables.map(({ name, value }) => [
        name,
        array(value.type.shape as number[], (index) => 0.3 * Math.cos(7 * index + name.length)),
      ]),
    );
    const { outputs } = evaluateProgram(program, inputs, weights);
    const H = 1e-5;
    for (const [name, given] of [...Object.entries(weights), ['input/x', inputs['input/x'] as NumberArray] as const]) {
      const gradient = outputs[`gradient/${name}`] as NumberArray;
      for (const index of [0, given.data.length >> 1, given.data.length - 1]) {
        const moved = (by: number) => {
          const data = Float64Array.from(given.data);
          data[index] = (data[index] as number) + by;
          const changed = { ...given, data };
          const isInput = name === 'input/x';
          return evaluateProgram(
            program,
            isInput ? { ...inputs, [name]: changed } : inputs,
            isInput ? weights : { ...weights, [name]: changed },
          ).outputs['sum']?.data[0] as number;
        };
        expect(gradient.data[index], `${name}[${index}]`).toBeCloseTo((moved(H) - moved(-H)) / (2 * H), 6);
      }
    }
  });
});
