import type { TrainingRequest } from '../../shared/rpc/contract';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Backend, Batch, Session, TensorData, Tensors } from './backend';

/** A training session that was compiled before it was asked for. One at most: each holds a network's memory. */
export interface PreparedSession {
  /** Loads the network and takes a step, which is when an engine optimises its graph (about a second in TensorFlow). */
  prepare(key: string, backend: Backend, network: CompiledNetwork): Promise<void>;
  /** The session, where it was prepared under this key; then it is the caller's. */
  take(key: string): Session | undefined;
  dispose(): void;
}

/** What a prepared session depends on. */
export function preparedKey(backend: Backend, document: string, { optimizer }: TrainingRequest): string {
  // The rate is an input of the program.
  return JSON.stringify([backend.name, document, { ...optimizer, learningRate: 0 }]);
}

/** Nothing prepared yet. */
export function createPrepared(): PreparedSession {
  let current: { readonly key: string; readonly session: Session } | undefined;
  const dispose = () => {
    current?.session.dispose();
    current = undefined;
  };
  return {
    dispose,
    take(key) {
      if (current?.key !== key) return undefined;
      const { session } = current;
      current = undefined;
      return session;
    },
    async prepare(key, backend, network) {
      if (current?.key === key) return;
      const batch = blankBatch(network);
      if (!batch) return;
      const session = await backend.load(network);
      try {
        await session.initialize(blankWeights(network));
        await session.train(batch, { learningRate: 0, seed: [0, 0] });
      } catch (error) {
        session.dispose();
        throw error;
      }
      dispose();
      current = { key, session };
    },
  };
}

/** Zeros: the graph is the same whatever it computes, and drawing 25 million random numbers takes longer than compiling it. */
function blankWeights({ variables }: CompiledNetwork): Tensors {
  const weights = variables.filter(({ role }) => role !== 'optimizer');
  return Object.fromEntries(
    weights.map(({ name, shape }) => {
      const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
      return [name, { dtype: 'float32', shape, data }];
    }),
  );
}

/** One blank sample; undefined where a size is known with the data only. */
function blankBatch({ inputs, targets }: CompiledNetwork): Batch | undefined {
  const blank = (types: CompiledNetwork['inputs']) =>
    types.map(({ name, type }): [string, TensorData] | undefined => {
      const sizes = type.shape.slice(1);
      if (!sizes.every((size): size is number => typeof size === 'number')) return undefined;
      const count = sizes.reduce((product, size) => product * size, 1);
      const data =
        type.dtype === 'float32' ? new Float32Array(count) : type.dtype === 'int32' ? new Int32Array(count) : new Uint8Array(count);
      return [name, { dtype: type.dtype, shape: [1, ...sizes], data }];
    });
  const [fed, wanted] = [blank(inputs), blank(targets)];
  if ([...fed, ...wanted].includes(undefined)) return undefined;
  return {
    inputs: Object.fromEntries(fed.filter((entry) => entry !== undefined)),
    targets: Object.fromEntries(wanted.filter((entry) => entry !== undefined)),
  };
}
