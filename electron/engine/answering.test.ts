import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineName } from '../../shared/rpc/contract';
import { residualNetwork } from '../../shared/testing/networks';
import { createAnswering, type Answered, type Answering } from './answering';
import type { FreezingBackend, Tensors } from './backend';
import * as memory from '../system/freeMemory';
import { compiled } from './testing/digitSessions';

const network = compiled(residualNetwork());
const numbers = (...values: number[]): Tensors => ({
  digit: { dtype: 'float32', shape: [1, values.length], data: Float32Array.from(values) },
});
const askedWith = (samples: number): Answered => ({
  inputs: { image: { dtype: 'float32', shape: [samples, 1], data: new Float32Array(samples) } },
  outputs: numbers(0.25, 0.75),
});

let now = 0;
let alive: string[] = [];

/** An engine whose predictors take so many milliseconds, by the number of samples, and give these numbers. */
function engineOf(name: EngineName, taking: (samples: number) => number, answer = numbers(0.25, 0.75)): FreezingBackend {
  return {
    name,
    version: '1',
    load: () => Promise.reject(new Error('not asked for')),
    stopwatch: () => Promise.reject(new Error('not asked for')),
    freeze: () => {
      alive.push(name);
      return Promise.resolve({
        predict: (inputs) => {
          now += taking(inputs['image']?.shape[0] ?? 0);
          return Promise.resolve(answer);
        },
        dispose: () => void (alive = alive.filter((other) => other !== name)),
      });
    },
  };
}

const quick = engineOf('onnxruntime', () => 8);

/** Of a session of TensorFlow that takes so many milliseconds. */
function answeringOf(rivals: readonly FreezingBackend[], taking: (samples: number) => number = () => 40): Answering {
  const session = {
    predict: (inputs: Tensors) => {
      now += taking(inputs['image']?.shape[0] ?? 0);
      return Promise.resolve(numbers(0.25, 0.75));
    },
  };
  return createAnswering({ network, weights: numbers(1), session, engine: 'tensorflow', rivals });
}

async function chosenBy(answering: Answering, samples = 1) {
  for await (const _ of answering.choose(askedWith(samples)));
  return answering.chosen();
}

beforeEach(() => {
  alive = [];
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

describe('what answers', () => {
  it('is the quickest predictor', async () => {
    const answering = answeringOf([quick]);
    expect(answering.of(askedWith(1).inputs)).toBeUndefined();
    expect(await chosenBy(answering)).toEqual({
      engine: 'onnxruntime',
      reason: 'a prediction of 1 sample took 40 ms with TensorFlow, 8.0 ms with ONNX Runtime',
    });
    expect(answering.of(askedWith(1).inputs)).toBeDefined();
    expect(alive).toEqual(['onnxruntime']);
    answering.dispose();
    expect(alive).toEqual([]);
  });

  it('is the session where no predictor is clearly quicker, and their memory is given back', async () => {
    const answering = answeringOf([engineOf('onnxruntime', () => 39)]);
    expect((await chosenBy(answering))?.engine).toBe('tensorflow');
    expect(answering.of(askedWith(1).inputs)).toBeUndefined();
    expect(alive).toEqual([]);
  });

  it('is told apart where a predictor is of the session’s engine', async () => {
    const answering = answeringOf([engineOf('tensorflow', () => 8)]);
    expect(await chosenBy(answering)).toEqual({
      engine: 'tensorflow',
      reason: 'a prediction of 1 sample took 40 ms with TensorFlow, 8.0 ms with TensorFlow and constant weights',
    });
    expect(alive).toEqual(['tensorflow']);
  });

  it.each([
    ['other numbers', numbers(0.26, 0.74), 'the numbers of ONNX Runtime differ by 1e-2'],
    ['another shape', numbers(0.25, 0.75, 0), 'the numbers of ONNX Runtime differ by Infinity'],
    ['numbers that are none', numbers(NaN, 0.75), 'the numbers of ONNX Runtime differ by Infinity'],
  ])('is never one with %s', async (_, answer, reason) => {
    expect(await chosenBy(answeringOf([engineOf('onnxruntime', () => 1, answer)]))).toEqual({ engine: 'tensorflow', reason });
    expect(alive).toEqual([]);
  });

  it('is the session where no engine makes predictors, where one cannot, or where there is no memory to try it', async () => {
    expect(await chosenBy(answeringOf([]))).toEqual({ engine: 'tensorflow', reason: 'it was asked for, or is the only one here' });
    const broken = { ...quick, freeze: () => Promise.reject(new Error('it has no such operator')) };
    expect((await chosenBy(answeringOf([broken])))?.reason).toBe('ONNX Runtime cannot: it has no such operator');
    vi.spyOn(memory, 'freeMemory').mockReturnValue(0);
    expect((await chosenBy(answeringOf([quick])))?.reason).toBe('there is no memory to try ONNX Runtime');
  });

  it('is tried for each size of batch', async () => {
    const answering = answeringOf([engineOf('onnxruntime', () => 5)], (samples) => (samples > 4 ? 1 : 10));
    expect((await chosenBy(answering, 1))?.engine).toBe('onnxruntime');
    expect((await chosenBy(answering, 8))?.engine).toBe('tensorflow');
    expect(answering.of(askedWith(1).inputs)).toBeDefined();
    expect(answering.of(askedWith(8).inputs)).toBeUndefined();
    expect(answering.of(askedWith(3).inputs)).toBeUndefined();
    expect(alive).toEqual(['onnxruntime']);
  });

  it('is another when a later trial measures it otherwise, and answers until then', async () => {
    let taking = 8;
    const answering = answeringOf([engineOf('onnxruntime', () => taking)]);
    expect((await chosenBy(answering))?.engine).toBe('onnxruntime');
    taking = 50;
    const again = answering.choose(askedWith(1));
    await again.next();
    expect(answering.of(askedWith(1).inputs)).toBeDefined();
    await again.return();
    expect(alive).toEqual(['onnxruntime']);
    expect((await chosenBy(answering))?.engine).toBe('tensorflow');
    expect(alive).toEqual([]);
  });

  it('is not what was made in a trial that is given up', async () => {
    const answering = answeringOf([quick]);
    const trial = answering.choose(askedWith(1));
    await trial.next();
    expect(alive).toEqual(['onnxruntime']);
    expect(answering.of(askedWith(1).inputs)).toBeUndefined();
    answering.dispose();
    expect(await trial.next()).toEqual({ done: true, value: undefined });
    expect(alive).toEqual([]);
    expect(await answering.choose(askedWith(1)).next()).toEqual({ done: true, value: undefined });
    expect(alive).toEqual([]);
  });
});
