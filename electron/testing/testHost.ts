import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../../shared/rpc/client';
import { contract, type HostContract, type RunSummary, type TrainingRequest } from '../../shared/rpc/contract';
import type { Client } from '../../shared/rpc/define';
import { memoryPipes } from '../../shared/rpc/memoryPipe';
import type { Host } from '../services/host';
import { forkEngineWithNode, programFolders } from '../services/nodeHost';
import { createServices, type Services } from '../services/services';

export interface TestApp {
  readonly folder: string;
  readonly services: Services;
  readonly client: Client<HostContract>;
  /** Another program on the same files: a second window, or the next start. */
  again(): { readonly services: Services; readonly client: Client<HostContract> };
  close(): Promise<void>;
}

/** All services with a real engine, in a folder of their own; what a page sees of them. */
export async function startTestApp(change: Partial<Host> = {}): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'skipwire-app-'));
  const folders = programFolders();
  const host: Host = {
    kind: 'web',
    version: '0.0.0',
    versions: {},
    paths: { userData: join(folder, 'user'), assets: folders.assets, browseRoot: folder },
    dialogs: null,
    forkEngine: (environment, isQuiet) => forkEngineWithNode(folders.engine, environment, isQuiet),
    reveal: () => undefined,
    openExternal: () => undefined,
    ...change,
  };
  const all: Services[] = [];
  const start = () => {
    const services = createServices(host);
    all.push(services);
    const [page, pipe] = memoryPipes();
    services.connect(pipe);
    return { services, client: createClient(contract, page) };
  };
  return {
    folder,
    ...start(),
    again: start,
    async close() {
      for (const services of all) services.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

/** The first state of a run, from now on, that matches. */
export function untilRun(
  client: Pick<Client<HostContract>, 'on'>,
  runId: string,
  matches: (summary: RunSummary) => boolean,
): Promise<RunSummary> {
  return new Promise((resolve) => {
    const end = client.on('runs.progress', ({ summary }) => {
      if (summary.id !== runId || !matches(summary)) return;
      end();
      resolve(summary);
    });
  });
}

export const quickTraining: TrainingRequest = {
  dataset: 'digits',
  epochs: 2,
  batchSize: 64,
  seed: 1,
  engine: null,
  optimizer: { kind: 'adam', learningRate: 0.003, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};
