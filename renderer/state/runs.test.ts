import { expect, it } from 'vitest';
import { memoryPipes } from '../../shared/rpc/memoryPipe';
import { attachPipe } from '../host/client';
import { useRuns } from './runs';

it('whoever comes back to the window finds what failed still told', async () => {
  const asked: string[] = [];
  const [page, host] = memoryPipes();
  const info = { version: '1', host: 'web', platform: 'test', nativeDialogs: false, engines: [], versions: {} };
  const answers: Record<string, unknown> = { 'window.attach': { window: 'w' }, 'app.info': info, 'runs.list': [], 'jobs.list': [] };
  host.onMessage((message) => {
    const { id, name } = message as { id: number; name: string };
    asked.push(name);
    host.send({ kind: 'result', id, output: answers[name] });
  });
  void attachPipe(page);
  useRuns.setState({ owner: { documentId: 'd', handle: null }, failure: 'The folder is not there.' });
  await useRuns.getState().refresh(true);
  expect(asked).toContain('runs.list');
  expect(useRuns.getState().failure).toBe('The folder is not there.');
  await useRuns.getState().refresh();
  expect(useRuns.getState().failure).toBeNull();
});
