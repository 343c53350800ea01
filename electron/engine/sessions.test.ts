import { afterEach, describe, expect, it } from 'vitest';
import { serializeDocument } from '../../shared/document/serialize';
import { residualNetwork } from '../../shared/testing/networks';
import type { EngineName } from '../../shared/rpc/contract';
import type { Tensors } from './backend';
import { engines } from './engines';
import { createModels, type Models } from './sessions';
import { largestDifference } from './tensorDifference';
import { batchOf, compiled } from './testing/digitSessions';
import { freshWeights } from './training';

const document = serializeDocument(residualNetwork());
const network = compiled(residualNetwork());
const there = engines().flatMap(({ backend }) => backend ?? []);

let models: Models;
afterEach(() => models.dispose());

async function ask(weights: Tensors, times: number, engine: EngineName | null = null): Promise<Tensors> {
  let answer: Tensors = {};
  for (let time = 0; time < times; time += 1)
    answer = await models.use(document, { tensors: weights }, engine, (model) => model.predict(batchOf(0).inputs));
  return answer;
}

describe('a model that is asked again and again', () => {
  it('answers the same with the engine that a trial chose, until its weights change', async () => {
    models = createModels();
    const [first, second] = [freshWeights(network, 1), freshWeights(network, 2)];
    const before = await ask(first, 7);
    await models.settled();
    expect(models.answering()).toBeNull();
    await ask(first, 1);
    await models.settled();
    const chosen = models.answering();
    expect(there.map(({ name }) => name)).toContain(chosen?.engine);
    if (there.length > 1) expect(chosen?.reason).toMatch(/^a prediction of 6 samples took .+ ms with TensorFlow, .+ ms with ONNX Runtime$/);
    expect(largestDifference(await ask(first, 1), before)).toBeLessThan(1e-5);
    const after = await ask(second, 1);
    expect(largestDifference(after, before)).toBeGreaterThan(1e-3);
    expect(models.answering()).toBeNull();
    await ask(second, 7);
    await models.settled();
    expect(models.answering()).not.toBeNull();
    expect(largestDifference(await ask(second, 1), after)).toBeLessThan(1e-5);
  });

  it.each(there.map(({ name }) => name))('stays with %s where that was asked for', async (engine) => {
    models = createModels();
    await ask(freshWeights(network, 1), 8, engine);
    await models.settled();
    const reason =
      engine === 'tensorflow' ? 'it was asked for, or is the only one here' : (expect.stringContaining('and constant weights') as string);
    expect(models.answering()).toEqual({ engine, reason });
  });
});
