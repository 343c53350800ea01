import type { TrainingRequest } from '../../shared/rpc/contract';
import type { CompiledNetwork } from '../../shared/program/compiled';
import type { Backend, Session } from './backend';

/** A training session that was compiled before it was asked for. One at most: each holds a network's memory. */
export interface PreparedSession {
  /**
   * Loads the network and makes its first step ready, then, where nobody took it and the process began nothing else meanwhile, the first
   * look at its layers.
   */
  prepare(key: string, backend: Backend, network: CompiledNetwork, isIdle?: () => boolean): Promise<void>;
  /** The session, where it was prepared under this key; then it is the caller's. */
  take(key: string): Session | undefined;
  dispose(): void;
}

/** What a prepared session depends on. */
export function preparedKey(backend: Backend, document: string, { optimizer }: TrainingRequest): string {
  // The rate is an input of the program.
  return JSON.stringify([backend.name, document, { ...optimizer, learningRate: 0 }]);
}

/** Milliseconds of quiet before what is not needed at once: whoever asks for the session, or for anything else, is not kept waiting. */
const QUIET = 250;

/** Nothing prepared yet. */
export function createPrepared(quiet = QUIET): PreparedSession {
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
    async prepare(key, backend, network, isIdle = () => true) {
      if (current?.key === key) return;
      const session = await backend.load(network);
      try {
        await session.prepare();
      } catch (error) {
        session.dispose();
        throw error;
      }
      dispose();
      current = { key, session };
      await new Promise((resolve) => setTimeout(resolve, quiet));
      // A training does without: it only takes longer then.
      if (current?.session === session && isIdle()) await session.prepare('activity').catch(() => undefined);
    },
  };
}
