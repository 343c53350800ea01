import { describe, expect, it } from 'vitest';
import { newDocument } from '../../shared/document/create';
import type { SkipDocument } from '../../shared/document/document';
import type { NodePath } from '../../shared/infer/analysis';
import type { Profile } from '../../shared/rpc/contract';
import { memoryPipes } from '../../shared/rpc/memoryPipe';
import { attachPipe } from '../host/client';
import { useDocument } from './document';
import { isOldProfile, profileNow, useProfile } from './profile';

const nodes = {
  x: { id: 'x', type: 'input', name: 'x', params: { shape: [4] }, position: { x: 0, y: 0 } },
  d: { id: 'd', type: 'dense', name: 'd', params: { units: 2 }, position: { x: 0, y: 0 } },
};
const edges = { e: { id: 'e', from: { node: 'x', port: 'y' }, to: { node: 'd', port: 'x' } } };

/** Measures the network of the page with an engine that finds one millisecond in each of these layers. */
async function measured(paths: readonly NodePath[]): Promise<Profile> {
  const figures = { milliseconds: 1, forward: 1, backward: 0, update: 0, bytes: 0 };
  const rows = paths.map((path) => ({ path, ...figures }));
  const profile = { engine: 'e', program: 'train', batchSize: 1, milliseconds: 1, alone: 1, rows };
  const info = { version: '1', host: 'web', platform: 'test', nativeDialogs: false, engines: [], versions: {} };
  const answers: Record<string, unknown> = { 'window.attach': { window: 'w' }, 'app.info': info, 'engine.profile': profile };
  const [page, host] = memoryPipes();
  host.onMessage((message) => {
    const { id, name } = message as { id: number; name: string };
    host.send({ kind: 'result', id, output: answers[name] });
  });
  void attachPipe(page);
  await useProfile.getState().measure('train', 1);
  return useProfile.getState().profile as Profile;
}

describe('what was measured', () => {
  it('stays with its layers where only their paths are others, and is old once the optimizer is another', async () => {
    const { load, edit } = useDocument.getState();
    load({ document: { ...newDocument('d'), graph: { nodes, edges } }, file: null, title: 'Test', isDirty: false });
    const profile = await measured(['x', 'd']);
    const analysis = () => useDocument.getState().analysis;
    expect(isOldProfile(analysis())).toBe(false);

    const renamed = {
      nodes: { x: nodes.x, other: { ...nodes.d, id: 'other' } },
      edges: { e: { ...edges.e, to: { node: 'other', port: 'x' } } },
    };
    edit('Rename', (document) => ({ ...document, graph: renamed }), 'record');
    expect(profileNow(profile, analysis()).rows.map(({ path }) => path)).toEqual(['x', 'other']);

    const train = (optimizer: SkipDocument['training']['optimizer']) =>
      edit('Optimizer', (document) => ({ ...document, training: { ...document.training, optimizer } }), 'record');
    train({ ...useDocument.getState().document.training.optimizer, learningRate: 0.123 });
    expect(isOldProfile(analysis())).toBe(false);
    train({ kind: 'lion', learningRate: 0.1, beta1: 0.9, beta2: 0.99 });
    expect(isOldProfile(analysis())).toBe(true);
    expect(profileNow(profile, analysis()).rows.map(({ path }) => path)).toEqual(['x', 'd']);
  });
});
