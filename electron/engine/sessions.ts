import type { AnsweringEngine, EngineName } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import { createAnswering, shapesOf, type Answering } from './answering';
import { freezes, type Backend, type Session, type Tensors } from './backend';
import { chooseEngine, engines } from './engines';
import { readyNetwork, type ReadyNetwork } from './networks';
import { createTurns } from './turns';

/** A network with weights, ready to run. */
export interface LoadedModel extends ReadyNetwork {
  /** For all but predictions. */
  readonly session: Session;
  /** The network's outputs by node name, of whichever engine is the quickest once it was asked for several times. */
  predict(inputs: Tensors): Promise<Tensors>;
}

/** Weights, and the name of their state where they have one. */
export interface GivenWeights {
  readonly tensors: Tensors | null;
  readonly version?: string;
}

/** Networks with the weights that they were last run with. */
export interface Models {
  /**
   * Runs `use` with the model of a document and these weights; loaded once as long as neither changes. One use at a time:
   * another's weights do not come in between. Weights of a version need not come again: without them it is the ones that were last
   * given under that version, and `E_NO_WEIGHTS` where others came since. Without an engine it is the best one that is there, and any
   * other may predict in its place.
   */
  use<T>(document: string, weights: GivenWeights, engine: EngineName | null, use: (model: LoadedModel) => Promise<T>): Promise<T>;
  /** Which engine predicts for the model that was used last; null where none was frozen. */
  answering(): AnsweringEngine | null;
  /** When no model is being frozen or tried. */
  settled(): Promise<void>;
  dispose(): void;
}

interface Entry {
  readonly key: string;
  weights: Tensors;
  version: string | undefined;
  /** Predictions since the weights last changed, by the shapes of inputs. */
  asked: Map<string, number>;
  answering: Answering;
  readonly model: LoadedModel;
}

/** To freeze a model takes as long as some dozens of predictions save; one that is asked this often with the same weights will be again. */
const FROZEN_AFTER = 8;

/** Drawing a digit asks for the same model many times a second; a few stay loaded. */
const KEPT = 3;

/** No model yet. While `isFree` says no, none is frozen or tried. */
export function createModels(isFree?: () => boolean): Models {
  const kept: Entry[] = [];
  const turns = createTurns(isFree);

  async function load(document: string, { tensors, version }: GivenWeights, engine: EngineName | null): Promise<LoadedModel> {
    const backend = chooseEngine(engine);
    const key = `${engine ?? 'any'}\n${document}`;
    const known = kept.find((entry) => entry.key === key);
    const isKept = known !== undefined && version !== undefined && known.version === version;
    const weights = isKept ? known.weights : tensors;
    if (!weights) throw new RpcError('E_NO_WEIGHTS', 'The engine has not these weights.', 'Send them.');
    if (known) {
      if (!isKept && !sameWeights(known.weights, weights)) {
        const needed = onlyNeeded(known.model, weights);
        await known.model.session.initialize(needed);
        known.answering.dispose();
        known.answering = answeringOf(known.model, needed, backend, engine);
        known.asked = new Map();
      }
      known.weights = weights;
      known.version = version;
      kept.splice(kept.indexOf(known), 1);
      kept.unshift(known);
      return known.model;
    }
    const ready = readyNetwork(document);
    const needed = onlyNeeded(ready, weights);
    const session = await initialized(await backend.load(ready.compiled), needed);
    const model: LoadedModel = { ...ready, session, predict: (inputs) => predict(entry, inputs) };
    const entry: Entry = { key, weights, version, asked: new Map(), answering: answeringOf(model, needed, backend, engine), model };
    kept.unshift(entry);
    for (const old of kept.splice(KEPT)) close(old);
    return model;
  }

  async function predict({ model, answering, asked }: Entry, inputs: Tensors): Promise<Tensors> {
    const outputs = await (answering.of(inputs) ?? model.session).predict(inputs);
    const shapes = shapesOf(inputs);
    const times = (asked.get(shapes) ?? 0) + 1;
    asked.set(shapes, times);
    if (isTrialDue(times)) turns.later(answering.choose({ inputs, outputs }));
    return outputs;
  }

  return {
    use: (document, weights, engine, use) => turns.take(async () => use(await load(document, weights, engine))),
    answering: () => kept[0]?.answering.chosen() ?? null,
    settled: turns.settled,
    dispose() {
      turns.dispose();
      for (const entry of kept.splice(0)) close(entry);
    },
  };
}

/** Where an engine was asked for, no other answers. */
export function answeringOf(
  { compiled: network, session }: Pick<LoadedModel, 'compiled' | 'session'>,
  weights: Tensors,
  own: Backend,
  wanted: EngineName | null,
): Answering {
  const others = wanted === null ? engines().flatMap(({ backend }) => backend ?? []) : [own];
  return createAnswering({ network, weights, session, engine: own.name, rivals: others.filter(freezes) });
}

function close({ answering, model }: Entry): void {
  answering.dispose();
  model.session.dispose();
}

/** The first time, and now and then: what else the machine has to do makes one engine slower than another. */
function isTrialDue(times: number): boolean {
  return Number.isInteger(Math.log2(times / FROZEN_AFTER) / 3) && times >= FROZEN_AFTER;
}

/** A session whose weights are refused is nobody's. */
async function initialized(session: Session, weights: Tensors): Promise<Session> {
  try {
    await session.initialize(weights);
    return session;
  } catch (error) {
    session.dispose();
    throw error;
  }
}

/** The optimizer's slots of a checkpoint are nothing that inference has. */
function onlyNeeded({ compiled }: ReadyNetwork, weights: Tensors): Tensors {
  return Object.fromEntries(
    compiled.variables.flatMap(({ name }) => (Object.hasOwn(weights, name) && weights[name] ? [[name, weights[name]]] : [])),
  );
}

function sameWeights(a: Tensors, b: Tensors): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => sameNumbers(a[name]?.data, b[name]?.data));
}

function sameNumbers(a: ArrayLike<number> | undefined, b: ArrayLike<number> | undefined): boolean {
  if (!a || !b || a.length !== b.length) return false;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}
