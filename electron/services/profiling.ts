import type { HostContract } from '../../shared/rpc/contract';
import type { Handlers } from '../../shared/rpc/define';
import type { EngineOwner } from './engineOwner';

export interface Profiling {
  readonly calls: Pick<Handlers<HostContract>, 'engine.profile' | 'engine.stopProfile'>;
  /** Ends all that is measured: the page has gone. */
  end(): void;
}

/** The measurements of one page. Those of other pages go on when it ends its own. */
export function createProfiling(engine: Pick<EngineOwner, 'client' | 'pid'>): Profiling {
  const measured = new Set<string>();

  /** Not waited for: the engine answers when the operation that it measures has ended. */
  function stop(measurementId: string): void {
    if (!measured.delete(measurementId) || engine.pid() === undefined) return;
    void engine
      .client()
      .then((client) => client.call('engine.stopProfile', { measurementId }))
      .catch(() => undefined);
  }

  return {
    calls: {
      'engine.profile': async (request) => {
        measured.add(request.measurementId);
        try {
          return await (await engine.client()).call('engine.profile', request);
        } finally {
          measured.delete(request.measurementId);
        }
      },
      'engine.stopProfile': ({ measurementId }) => {
        stop(measurementId);
        return {};
      },
    },
    end: () => measured.forEach(stop),
  };
}
