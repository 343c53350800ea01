import type { EngineName } from '../../shared/rpc/contract';
import { RpcError } from '../../shared/rpc/messages';
import type { Session, Tensors } from './backend';
import { chooseEngine } from './engines';
import { readyNetwork, type ReadyNetwork } from './networks';

/** A network with weights, ready to run. */
export interface LoadedModel extends ReadyNetwork {
  readonly session: Session;
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
   * given under that version, and `E_NO_WEIGHTS` where others came since.
   */
  use<T>(document: string, weights: GivenWeights, engine: EngineName | null, use: (model: LoadedModel) => Promise<T>): Promise<T>;
  dispose(): void;
}

interface Entry {
  readonly key: string;
  weights: Tensors;
  version: string | undefined;
  /** Since the weights last changed. */
  uses: number;
  readonly model: LoadedModel;
}

/** To freeze a model takes as long as some dozens of predictions save; one that is used this often with the same weights will be again. */
const FROZEN_AFTER = 8;

/** Drawing a digit asks for the same model many times a second; a few stay loaded. */
const KEPT = 3;

/** No model yet. */
export function createModels(): Models {
  const kept: Entry[] = [];
  let last: Promise<unknown> = Promise.resolve();

  async function load(document: string, { tensors, version }: GivenWeights, engine: EngineName | null): Promise<LoadedModel> {
    const backend = chooseEngine(engine);
    const key = `${backend.name}\n${document}`;
    const known = kept.find((entry) => entry.key === key);
    const isKept = known !== undefined && version !== undefined && known.version === version;
    const weights = isKept ? known.weights : tensors;
    if (!weights) throw new RpcError('E_NO_WEIGHTS', 'The engine has not these weights.', 'Send them.');
    if (known) {
      if (isKept || sameWeights(known.weights, weights)) known.uses += 1;
      else {
        await known.model.session.initialize(onlyNeeded(known.model, weights));
        known.uses = 0;
      }
      known.weights = weights;
      known.version = version;
      // Only faster: where the second model cannot be made, the first one goes on.
      if (known.uses === FROZEN_AFTER) await known.model.session.freeze().catch(() => undefined);
      kept.splice(kept.indexOf(known), 1);
      kept.unshift(known);
      return known.model;
    }
    const ready = readyNetwork(document);
    const model = { ...ready, session: await initialized(await backend.load(ready.compiled), onlyNeeded(ready, weights)) };
    kept.unshift({ key, weights, version, uses: 0, model });
    for (const old of kept.splice(KEPT)) old.model.session.dispose();
    return model;
  }

  return {
    use(document, weights, engine, use) {
      const mine = last.then(async () => use(await load(document, weights, engine)));
      last = mine.catch(() => undefined);
      return mine;
    },
    dispose() {
      for (const { model } of kept.splice(0)) model.session.dispose();
    },
  };
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
