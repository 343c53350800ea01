import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineName } from '../../shared/rpc/contract';
import { residualNetwork } from '../../shared/testing/networks';
import { createAnswering, type Answered, type Answering } from './answering';
import type { Backend, Tensors } from './backend';
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

/** An engine whose predictions take so many milliseconds, by the number of samples, and give these numbers. */
function engineOf(name: EngineName, taking: (samples: number) => number, answer = numbers(0.25, 0.75)): Backend {
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

function answeringOf(own: Backend, ...rivals: Backend[]): Answering {
  return createAnswering({ network, weights: numbers(1), own, rivals });
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

const slow = engineOf('tensorflow', () => 40);

describe('the engine that answers', () => {
  it('is the quickest, and the others’ memory is given back', async () => {
    const answering = answeringOf(
      slow,
      engineOf('onnxruntime', () => 8),
    );
    expect(answering.of(askedWith(1).inputs)).toBeUndefined();
    expect(await chosenBy(answering)).toEqual({
      engine: 'onnxruntime',
      reason: 'a prediction of 1 sample took 40 ms with TensorFlow, 8.0 ms with ONNX Runtime',
    });
    expect(alive).toEqual(['onnxruntime']);
    answering.dispose();
    expect(alive).toEqual([]);
  });

  it('stays the own one where another is not clearly quicker', async () => {
    expect(
      (
        await chosenBy(
          answeringOf(
            slow,
            engineOf('onnxruntime', () => 39),
          ),
        )
      )?.engine,
    ).toBe('tensorflow');
    expect(alive).toEqual(['tensorflow']);
  });

  it.each([
    ['other numbers', numbers(0.26, 0.74), 'the numbers of ONNX Runtime differ by 1e-2'],
    ['another shape', numbers(0.25, 0.75, 0), 'the numbers of ONNX Runtime differ by Infinity'],
    ['numbers that are none', numbers(NaN, 0.75), 'the numbers of ONNX Runtime differ by Infinity'],
  ])('is never one with %s', async (_, answer, reason) => {
    expect(
      await chosenBy(
        answeringOf(
          slow,
          engineOf('onnxruntime', () => 1, answer),
        ),
      ),
    ).toEqual({ engine: 'tensorflow', reason });
    expect(alive).toEqual(['tensorflow']);
  });

  it('is none but the session where the own predictor has other numbers', async () => {
    const answering = answeringOf(
      engineOf('tensorflow', () => 1, numbers(0, 0)),
      engineOf('onnxruntime', () => 1),
    );
    expect(await chosenBy(answering)).toBeUndefined();
    expect(answering.of(askedWith(1).inputs)).toBeUndefined();
    expect(alive).toEqual([]);
  });

  it('is the own one where the rival cannot, or there is no memory to try it', async () => {
    const broken: Backend = { ...slow, name: 'onnxruntime', freeze: () => Promise.reject(new Error('it has no such operator')) };
    expect((await chosenBy(answeringOf(slow, broken)))?.reason).toBe('ONNX Runtime cannot: it has no such operator');
    vi.spyOn(memory, 'freeMemory').mockReturnValueOnce(1e12).mockReturnValue(0);
    const answering = answeringOf(
      slow,
      engineOf('onnxruntime', () => 1),
    );
    expect((await chosenBy(answering))?.reason).toBe('there is no memory to try ONNX Runtime');
  });

  it('is tried for each size of batch', async () => {
    const answering = answeringOf(
      engineOf('tensorflow', (samples) => (samples > 4 ? 1 : 10)),
      engineOf('onnxruntime', () => 5),
    );
    expect((await chosenBy(answering, 1))?.engine).toBe('onnxruntime');
    expect((await chosenBy(answering, 8))?.engine).toBe('tensorflow');
    expect(alive.toSorted()).toEqual(['onnxruntime', 'tensorflow']);
    expect(answering.of(askedWith(1).inputs)).not.toBe(answering.of(askedWith(8).inputs));
    expect(answering.of(askedWith(3).inputs)).toBe(answering.of(askedWith(8).inputs));
  });

  it('is another when a later trial measures it otherwise, and answers until then', async () => {
    let taking = 50;
    const answering = answeringOf(
      slow,
      engineOf('onnxruntime', () => taking),
    );
    expect((await chosenBy(answering))?.engine).toBe('tensorflow');
    taking = 8;
    const again = answering.choose(askedWith(1));
    await again.next();
    expect(answering.chosen()?.reason).toContain('50 ms with ONNX Runtime');
    await again.return();
    expect(alive).toEqual(['tensorflow']);
    expect((await chosenBy(answering))?.engine).toBe('onnxruntime');
    expect(alive).toEqual(['onnxruntime']);
  });

  it('answers as soon as it is there, and a trial that is given up leaves nothing behind', async () => {
    const answering = answeringOf(
      slow,
      engineOf('onnxruntime', () => 8),
    );
    const trial = answering.choose(askedWith(1));
    await trial.next();
    expect(answering.of(askedWith(1).inputs)).toBeDefined();
    await trial.next();
    expect(alive).toEqual(['tensorflow', 'onnxruntime']);
    answering.dispose();
    expect(await trial.next()).toEqual({ done: true, value: undefined });
    expect(alive).toEqual([]);
    expect(await answering.choose(askedWith(1)).next()).toEqual({ done: true, value: undefined });
    expect(alive).toEqual([]);
  });
});
