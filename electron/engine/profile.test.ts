import { describe, expect, it } from 'vitest';
import { analyze } from '../../shared/infer/analyze';
import { findLayer } from '../../shared/layers/index';
import { compileNetwork } from '../../shared/program/compile';
import { estimateMemory, memoryByLayer } from '../../shared/program/memory';
import { profileParts } from '../../shared/program/profileParts';
import type { Program } from '../../shared/program/program';
import { verifyProgram } from '../../shared/program/verifyProgram';
import { cifarResnet } from '../../shared/testing/knownNetworks';
import { createOnnxruntimeBackend } from './onnxruntime/backend';
import { profileNetwork } from './profile';
import { createTensorFlowBackend } from './tensorflow/backend';
import { titled, whyNoTensorFlow } from './tensorflow/installed';

const optimizer = { kind: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false } as const;
const analysis = analyze(cifarResnet(20));
const compiled = compileNetwork(analysis, { findLayer, training: { optimizer, objectives: [] } });
if (!compiled.ok) throw new Error(compiled.error.message);
const network = compiled.value;
const train = network.programs.train as Program;

describe('the parts of a program', () => {
  const { parts, uses } = profileParts(train, 8);

  it('are programs of one operation each, far fewer than there are operations', () => {
    for (const { program } of parts) {
      verifyProgram(program);
      expect(program.operations).toHaveLength(1);
    }
    expect(parts.length).toBeLessThan(train.operations.length / 4);
    expect(new Set(parts.map(({ program }) => program.name)).size).toBe(parts.length);
  });

  it('stand for every operation that computes', () => {
    const computing = train.operations.filter(({ primitive, inputs }) => primitive !== 'reshape' && inputs.length > 0);
    expect(uses).toHaveLength(computing.length);
    uses.forEach(({ part, origin }, index) => {
      expect(origin).toBe(computing[index]?.origin);
      expect(parts[part]?.program.operations[0]?.primitive).toBe(computing[index]?.primitive);
    });
  });
});

describe('the memory of layers', () => {
  it('is what the estimate counts at the peak', () => {
    const sum = [...memoryByLayer(train, 64).values()].reduce((all, bytes) => all + bytes, 0);
    const { values } = estimateMemory(network, 64);
    // The estimate also counts the inputs, and not what is written over its operand.
    expect(sum / values).toBeGreaterThan(0.9);
    expect(sum / values).toBeLessThan(1.1);
  });
});

const engines = [
  ['TensorFlow', whyNoTensorFlow(), createTensorFlowBackend],
  ['onnxruntime', undefined, createOnnxruntimeBackend],
] as const;

describe.each(engines.map(([name, missing, make]) => ({ title: titled(name, missing), missing, make })))(
  'a profile by $title',
  ({ missing, make }) => {
    it.skipIf(missing !== undefined)('has every layer that computes, adds up to the whole run, and has the slowest first', async () => {
      const told: number[][] = [];
      const profile = await profileNetwork(make(), network, { program: 'train', batchSize: 2, tell: (...counts) => told.push(counts) });
      const { parts } = profileParts(train, 2);
      expect(told).toEqual(parts.map((_, index) => [index, parts.length]));
      const times = profile.rows.map(({ milliseconds }) => milliseconds);
      expect(times.reduce((sum, time) => sum + time, 0)).toBeCloseTo(profile.milliseconds, 6);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      for (const { milliseconds, forward, backward, update } of profile.rows)
        expect(forward + backward + update).toBeCloseTo(milliseconds, 9);
      const convolutions = [...analysis.flat.nodes.values()].filter(({ type }) => type === 'conv2d');
      expect(profile.rows.map(({ path }) => path)).toEqual(expect.arrayContaining(convolutions.map(({ path }) => path)));
    });

    it.skipIf(missing !== undefined)('measures a prediction too', async () => {
      const profile = await profileNetwork(make(), network, { program: 'predict', batchSize: 1 });
      expect(profile.program).toBe('predict');
      expect(profile.rows.every(({ backward, update }) => backward === 0 && update === 0)).toBe(true);
      expect(profile.milliseconds).toBeGreaterThan(0);
    });

    it.skipIf(missing !== undefined)('ends between two operations where it is told to', async () => {
      const end = new AbortController();
      const measured = profileNetwork(make(), network, { program: 'predict', batchSize: 1, signal: end.signal });
      const ended = expect(measured).rejects.toMatchObject({ code: 'E_STOPPED' });
      end.abort();
      await ended;
    });
  },
);
