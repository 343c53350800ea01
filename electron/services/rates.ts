import { randomUUID } from 'node:crypto';
import type { HostContract } from '../../shared/rpc/contract';
import type { Handlers } from '../../shared/rpc/define';
import type { RatePoint } from '../../shared/training/rateTest';
import type { DataService } from './data';
import type { EngineChooser } from './engineChoice';
import type { EngineOwner } from './engineOwner';
import type { Hub } from './hub';

interface RatesParts {
  readonly hub: Hub;
  readonly engine: EngineOwner;
  readonly chooser: EngineChooser;
  readonly data: Pick<DataService, 'place'>;
  /** Throws where something else goes on that a test would disturb. */
  refuse(): void;
}

export type RatesService = Pick<Handlers<HostContract>, 'runs.rates' | 'runs.stopRates'> & {
  readonly isGoingOn: boolean;
};

/** The test that goes on: what it has found, and its end from outside. */
interface Test {
  readonly runId: string;
  readonly testId: string;
  readonly points: RatePoint[];
  readonly stop: () => void;
}

/**
 * Tests of learning rates, one at a time. A stop is answered at once with what was found: the engine, which hears it after its step,
 * keeps nothing, and what it is asked next waits for that step by itself.
 */
export function createRates({ hub, engine, chooser, data, refuse }: RatesParts): RatesService {
  let current: Test | undefined;

  engine.onStart((client) => {
    client.on('train.rate', ({ runId, point }) => {
      if (!current || current.runId !== runId) return;
      current.points.push(point);
      hub.emit('runs.rate', { testId: current.testId, point });
    });
  });

  async function wholeTest(test: Test, { document, request }: Parameters<RatesService['runs.rates']>[0]): Promise<readonly RatePoint[]> {
    if (request.engine === 'onnxruntime-gpu') await chooser.choose(document, request);
    const place = await data.place(request.dataset);
    const client = await engine.client();
    if (current !== test) return test.points;
    return (await client.call('train.rates', { document, request, runId: test.runId, data: place })).points;
  }

  return {
    get isGoingOn() {
      return current !== undefined;
    },
    'runs.rates': async (input) => {
      refuse();
      let stop: Test['stop'] = () => undefined;
      const stopped = new Promise<void>((resolve) => (stop = resolve));
      const test: Test = { runId: randomUUID(), testId: input.testId, points: [], stop };
      current = test;
      try {
        const whole = wholeTest(test, input).then((points) => ({ points: [...points], stopped: false }));
        // Of a test that was stopped nobody hears how it ended.
        whole.catch(() => undefined);
        return await Promise.race([whole, stopped.then(() => ({ points: test.points, stopped: true }))]);
      } finally {
        if (current === test) current = undefined;
      }
    },
    'runs.stopRates': ({ testId }) => {
      if (current?.testId !== testId) return {};
      const { runId, stop } = current;
      current = undefined;
      stop();
      // Not waited for: the engine answers when its step has ended.
      if (engine.pid() === undefined) return {};
      void engine
        .client()
        .then((client) => client.call('train.stop', { runId }))
        .catch(() => undefined);
      return {};
    },
  };
}
