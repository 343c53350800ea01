import { describe, expect, it, vi } from 'vitest';
import { createProfiling } from './profiling';

type Engine = Parameters<typeof createProfiling>[0];
const request = { document: '{}', program: 'train', batchSize: 1, engine: null } as const;

/** An engine that measures without an end; what it was told to stop. */
function endlessEngine() {
  const stopped: string[] = [];
  const call = (name: string, { measurementId }: { measurementId: string }) => {
    if (name === 'engine.profile') return new Promise(() => undefined);
    stopped.push(measurementId);
    return Promise.resolve({});
  };
  return { stopped, engine: { client: () => Promise.resolve({ call }), pid: () => 1 } as unknown as Engine };
}

describe('measurements', () => {
  it('end one by one, a page’s with the page, and no other page’s', async () => {
    const { stopped, engine } = endlessEngine();
    const [first, second] = [createProfiling(engine), createProfiling(engine)];
    void first.calls['engine.profile']({ ...request, measurementId: 'a' });
    void first.calls['engine.profile']({ ...request, measurementId: 'b' });
    void second.calls['engine.profile']({ ...request, measurementId: 'c' });
    void second.calls['engine.stopProfile']({ measurementId: 'a' });
    void first.calls['engine.stopProfile']({ measurementId: 'a' });
    await vi.waitFor(() => expect(stopped).toEqual(['a']));
    first.end();
    await vi.waitFor(() => expect(stopped).toEqual(['a', 'b']));
  });
});
