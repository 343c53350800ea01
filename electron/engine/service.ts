import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../../shared/data/dataset';
import { findDataset } from '../../shared/data/bundled';
import type { Emit, Handlers } from '../../shared/rpc/define';
import type { EngineContract } from '../../shared/rpc/engineContract';
import { RpcError, toErrorShape } from '../../shared/rpc/messages';
import { chooseEngine, engines } from './engines';
import { feedingFor } from './feeding';
import { activationsOf } from './inspection';
import { readyNetwork } from './networks';
import { loadModel, type LoadedModel } from './sessions';
import { evaluate, trainNetwork, type TrainingControl } from './training';
import { runSavedModel, runTfjsModel } from './verify';

const datasets = new Map<string, Dataset>();

async function loadDataset(id: string, assets: string): Promise<Dataset> {
  const known = datasets.get(id);
  if (known) return known;
  const source = findDataset(id);
  if (!source) throw new RpcError('E_DATA', `There is no data set "${id}".`);
  const dataset = source.parse(new Uint8Array(await readFile(join(assets, source.file))));
  datasets.set(id, dataset);
  return dataset;
}

/** What the engine's process answers. `emit` reaches its owner. */
export function engineHandlers(emit: Emit<EngineContract>): Handlers<EngineContract> {
  const running = new Map<string, TrainingControl>();
  const control = (runId: string): TrainingControl => {
    const found = running.get(runId);
    if (!found) throw new RpcError('E_NO_RUN', 'This run has ended.');
    return found;
  };
  return {
    'engine.info': () => ({
      engines: engines().map(({ name, backend, reason }) => ({ name, version: backend?.version ?? null, reason: reason ?? null })),
    }),
    'engine.prepare': ({ document, request }) => {
      chooseEngine(request.engine);
      readyNetwork(document, request.optimizer);
      return {};
    },
    'train.start': async ({ runId, document, request, assets, resume }) => {
      const backend = chooseEngine(request.engine);
      const { compiled } = readyNetwork(document, request.optimizer);
      const dataset = await loadDataset(request.dataset, assets);
      feedingFor(compiled, dataset.info);
      const own: TrainingControl = { state: 'running' };
      running.set(runId, own);
      const events = {
        progress: (report: Parameters<Parameters<typeof trainNetwork>[0]['events']['progress']>[0]) =>
          emit('train.progress', { runId, ...report, points: [...report.points], epochs: [...report.epochs] }),
        checkpoint: (epoch: number, step: number, weights: LoadedWeights) =>
          emit('train.checkpoint', { runId, epoch, step, weights: plain(weights) }),
      };
      trainNetwork({ network: compiled, dataset, request, backend, resume, control: own, events })
        .catch((error: unknown) => ({ status: 'failed' as const, message: toErrorShape(error).message, testAccuracy: null }))
        .then((outcome) => {
          running.delete(runId);
          emit('train.ended', { runId, ...outcome });
        })
        .catch(() => undefined);
      return {};
    },
    'train.pause': ({ runId }) => {
      const own = control(runId);
      if (own.state === 'running') own.state = 'paused';
      return {};
    },
    'train.resume': ({ runId }) => {
      const own = control(runId);
      if (own.state === 'paused') own.state = 'running';
      return {};
    },
    'train.stop': ({ runId }) => {
      control(runId).state = 'stopping';
      return {};
    },
    'model.evaluate': async ({ document, weights, engine, dataset: id, split, assets }) => {
      const dataset = await loadDataset(id, assets);
      const backend = chooseEngine(engine);
      // Evaluation needs objectives, which only a network compiled for training has.
      const { compiled } = readyNetwork(document, { kind: 'sgd', learningRate: 0.1, momentum: 0, nesterov: false });
      const session = await backend.load(compiled);
      try {
        await session.initialize(
          Object.fromEntries(
            compiled.variables.flatMap(({ name, role }) => (role !== 'optimizer' && weights[name] ? [[name, weights[name]]] : [])),
          ),
        );
        return await evaluate(session, feedingFor(compiled, dataset.info), dataset, split);
      } finally {
        session.dispose();
      }
    },
    'model.predict': async ({ document, weights, engine, images }) => {
      const model = await loadModel(document, weights, engine);
      const inputs = inputTensor(model, images);
      const [first] = Object.values(await model.session.predict(inputs));
      if (!first) throw new RpcError('E_NETWORK', 'The network has no output.');
      return { values: Float32Array.from(first.data), classes: first.shape.at(-1) ?? 1 };
    },
    'model.inspect': async ({ document, weights, engine, images, maxChannels }) => {
      const model = await loadModel(document, weights, engine);
      const inputs = inputTensor(model, images);
      const [first] = Object.values(await model.session.predict(inputs));
      return {
        probabilities: [...(first?.data ?? [])],
        activations: activationsOf(model.analysis, await model.session.inspect(inputs), maxChannels),
      };
    },
    'verify.tfjs': ({ files, inputs }) => runTfjsModel(files, inputs),
    'verify.savedModel': ({ folder, inputs }) => runSavedModel(folder, inputs),
  };
}

type LoadedWeights = Parameters<Parameters<typeof trainNetwork>[0]['events']['checkpoint']>[2];

function plain(weights: LoadedWeights) {
  return Object.fromEntries(Object.entries(weights).map(([name, { dtype, shape, data }]) => [name, { dtype, shape: [...shape], data }]));
}

/** Images come channels-last; a channels-first network gets them turned. */
function inputTensor({ compiled, document }: LoadedModel, images: Float32Array): Parameters<LoadedModel['session']['predict']>[0] {
  const [input] = compiled.inputs;
  const sizes = input?.type.shape.slice(1);
  if (!input || !sizes?.every((size): size is number => typeof size === 'number'))
    throw new RpcError('E_NETWORK', 'The network has no input of known size.');
  const size = sizes.reduce((product, dim) => product * dim, 1);
  if (images.length === 0 || images.length % size !== 0)
    throw new RpcError('E_INPUT', `The network’s input has ${sizes.join('×')} = ${size} values; ${images.length} were given.`);
  const count = images.length / size;
  const data = document.dataFormat === 'channelsFirst' && sizes.length === 3 ? turned(images, count, sizes) : images;
  return { [input.name]: { dtype: 'float32', shape: [count, ...sizes], data } };
}

function turned(images: Float32Array, count: number, [channels = 1, height = 1, width = 1]: readonly number[]): Float32Array {
  const area = height * width;
  return Float32Array.from(images, (_, index) => {
    const image = Math.floor(index / (area * channels));
    const channel = Math.floor(index / area) % channels;
    return images[(image * area + (index % area)) * channels + channel] as number;
  }).subarray(0, count * area * channels);
}
