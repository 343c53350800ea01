import type { EngineName } from '../../shared/rpc/contract';
import type { Session, Tensors } from './backend';
import { chooseEngine } from './engines';
import { readyNetwork, type ReadyNetwork } from './networks';

/** A network with weights, ready to run. */
export interface LoadedModel extends ReadyNetwork {
  readonly session: Session;
}

interface Entry {
  readonly key: string;
  weights: Tensors;
  readonly model: LoadedModel;
}

/** Drawing a digit asks for the same model many times a second; a few stay loaded. */
const KEPT = 3;
const kept: Entry[] = [];

/** The model of a document with these weights; loaded once as long as neither changes. */
export async function loadModel(document: string, weights: Tensors, engine: EngineName | null): Promise<LoadedModel> {
  const backend = chooseEngine(engine);
  const key = `${backend.name}\n${document}`;
  const known = kept.find((entry) => entry.key === key);
  if (known) {
    if (!sameWeights(known.weights, weights)) await known.model.session.initialize(onlyNeeded(known.model, weights));
    known.weights = weights;
    return known.model;
  }
  const ready = readyNetwork(document);
  const session = await backend.load(ready.compiled);
  await session.initialize(onlyNeeded(ready, weights));
  const model = { ...ready, session };
  kept.unshift({ key, weights, model });
  for (const old of kept.splice(KEPT)) old.model.session.dispose();
  return model;
}

/** The optimizer's slots of a checkpoint are nothing that inference has. */
function onlyNeeded({ compiled }: ReadyNetwork, weights: Tensors): Tensors {
  return Object.fromEntries(compiled.variables.flatMap(({ name }) => (weights[name] ? [[name, weights[name]]] : [])));
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
