import { evaluationBatch } from '../../shared/program/memory';
import type { EngineContract } from '../../shared/rpc/engineContract';
import type { Emit, Handlers } from '../../shared/rpc/define';
import { RpcError } from '../../shared/rpc/messages';
import { MOST_UNREADABLE } from '../../shared/training/dataNotes';
import { tryAnswering } from './answeringTrial';
import { chooseEngine, engines } from './engines';
import { datasetLoader, type LoadDataset } from './datasets';
import { noneReadable } from './batches';
import { feedingFor } from './feeding';
import { inputOf } from './images';
import { activationsOf, outputOf } from './inspection';
import { createConfusions, createMeasure } from './measuring';
import { whyNoGpu } from './gpu';
import { columnsOf, readyNetwork } from './networks';
import { refuseTooLarge } from './memoryNeed';
import { createPrepared } from './prepared';
import { profileNetwork } from './profile';
import { programAsText } from './programs';
import { createRuns } from './runs';
import { createModels, type Models } from './sessions';
import { whyNoTensorflowGpu } from './tensorflow/library';
import { threadCount } from './threads';
import { evaluate } from './training';
import { trialOf } from './trial';
import { readerInThread } from './reading/reader';
import { runSavedModel, runTfjsModel } from './verify';

type ModelCalls = Pick<Handlers<EngineContract>, 'model.evaluate' | 'model.predict' | 'model.inspect'>;

/** Evaluation needs the network's objectives, which are compiled together with an optimizer; none of its steps is taken. */
const NO_STEPS = { kind: 'sgd', learningRate: 1, momentum: 0, nesterov: false } as const;

/** What the engine's process is made of. */
interface EngineParts {
  readonly emit: Emit<EngineContract>;
  /** Resolves when all that was emitted has left; left out: at once. */
  readonly sent?: () => Promise<void>;
  /** The built file of the thread that reads images. */
  readonly readingThread: URL;
}

/** What the engine's process answers. */
export function engineHandlers({ emit, sent = () => Promise.resolve(), readingThread }: EngineParts): Handlers<EngineContract> {
  const loadDataset = datasetLoader(readerInThread(readingThread));
  const runs = createRuns({ emit, sent, loadDataset, prepared: createPrepared() });
  const models = createModels(runs.isIdle);
  const profiling = new Map<string, AbortController>();
  return {
    ...runs.calls,
    ...modelCalls(loadDataset, models),
    'engine.info': () => ({
      engines: engines().map(({ name, backend, reason }) => ({ name, version: backend?.version ?? null, reason: reason ?? null })),
      threads: threadCount(),
      memory: process.memoryUsage.rss(),
      answering: models.answering(),
    }),
    'gpu.look': async () => ({ reason: await whyNoGpu() }),
    'tensorflow.look': () => ({ reason: whyNoTensorflowGpu() }),
    'engine.trial': async ({ document, request }) => {
      const backend = chooseEngine(request.engine);
      const { compiled } = readyNetwork(document, request.optimizer);
      refuseTooLarge(compiled, request.batchSize, backend.name);
      return { milliseconds: await trialOf(backend, compiled, request.batchSize), engine: backend.name };
    },
    'engine.answering': ({ document, batchSize }) => tryAnswering(document, batchSize),
    'engine.program': ({ document, ...wanted }) => programAsText(document, wanted),
    'engine.profile': async ({ measurementId, document, program, batchSize, engine }) => {
      const { compiled } = readyNetwork(document, program === 'train' ? 'own' : undefined);
      refuseTooLarge(compiled, batchSize);
      const control = new AbortController();
      profiling.set(measurementId, control);
      try {
        return await profileNetwork(chooseEngine(engine), compiled, {
          program,
          batchSize,
          signal: control.signal,
          tell: (done, total) => emit('engine.measuring', { measurementId, done, total }),
        });
      } finally {
        profiling.delete(measurementId);
      }
    },
    'engine.stopProfile': ({ measurementId }) => {
      profiling.get(measurementId)?.abort();
      return {};
    },
    'verify.tfjs': ({ files, inputs }) => runTfjsModel(files, inputs),
    'verify.savedModel': ({ folder, inputs }) => runSavedModel(folder, inputs),
  };
}

function modelCalls(loadDataset: LoadDataset, models: Models): ModelCalls {
  return {
    'model.evaluate': async ({ document, weights, engine, dataset: id, split, data }) => {
      const { compiled, analysis, document: parsed } = readyNetwork(document, NO_STEPS);
      const dataset = await loadDataset(id, data, analysis);
      const feeding = feedingFor(compiled, dataset.info, columnsOf(parsed));
      const session = await chooseEngine(engine).load(compiled);
      try {
        const slots = new Set(compiled.variables.flatMap(({ name, role }) => (role === 'optimizer' ? [name] : [])));
        const needed = compiled.variables.flatMap(({ name }) =>
          weights[name] && !slots.has(name) ? [[name, weights[name]] as const] : [],
        );
        await session.initialize(Object.fromEntries(needed));
        const measure = createMeasure(compiled, parsed.training.metrics);
        const confusions = createConfusions(compiled);
        const batchSize = evaluationBatch(compiled);
        const measured = await evaluate({ session, feeding, dataset, split, batchSize, measure }, undefined, confusions.add);
        if (measured.samples === 0) throw noneReadable(dataset, split);
        const { loss, accuracy, metrics, samples: count } = finiteOnly(measured);
        const unreadable = dataset.unreadable().slice(0, MOST_UNREADABLE);
        return { loss, accuracy, metrics, count, unreadable, confusions: confusions.result() };
      } finally {
        session.dispose();
      }
    },
    'model.predict': ({ document, weights, engine, images, imageShape }) =>
      models.use(document, { tensors: weights }, engine, async (model) => {
        const [first] = Object.values(await model.predict(inputOf(model, images, imageShape)));
        if (!first) throw new RpcError('E_NETWORK', 'The network has no output.');
        return { values: Float32Array.from(first.data), classes: first.shape.at(-1) ?? 1 };
      }),
    'model.inspect': ({ document, weights: given, version, engine, images, imageShape, maxChannels }) =>
      models.use(document, { tensors: given, version }, engine, async (model) => {
        const { analysis, compiled, session } = model;
        const seen = await session.inspect(inputOf(model, images, imageShape));
        const answer = compiled.outputs[0] && outputOf(analysis, compiled.outputs[0].name, seen);
        return { probabilities: [...(answer?.data ?? [])], activations: activationsOf(analysis, seen, maxChannels) };
      }),
  };
}

/** Broken weights are told as such, not as an answer that fits no contract. */
function finiteOnly<T extends { readonly loss: number }>(result: T): T {
  if (Number.isFinite(result.loss)) return result;
  throw new RpcError('E_NOT_A_NUMBER', 'With these weights the loss is not a number.', 'Train again with a smaller learning rate.');
}
