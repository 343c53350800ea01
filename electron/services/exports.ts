import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Handlers } from '../../shared/rpc/define';
import type { HostContract, JobState } from '../../shared/rpc/contract';
import { RpcError, toErrorShape } from '../../shared/rpc/messages';
import { exporters } from '../../shared/export/exporters';
import type { DataService } from './data';
import type { EngineOwner } from './engineOwner';
import { exportModel } from './exportModel';
import type { Handles } from './handles';
import type { Host } from './host';
import type { Hub } from './hub';
import { checkedName } from './fileNames';
import { intakeOf } from './model';
import type { RunsService } from './runs';

type JobCalls = Pick<Handlers<HostContract>, 'export.start' | 'jobs.list' | 'jobs.cancel' | 'jobs.reveal'>;

/** Exports as jobs of the host: they go on when the page is gone and answer to a cancel between their steps. */
export function createExportService(
  host: Host,
  handles: Handles,
  hub: Hub,
  runs: RunsService,
  data: DataService,
  engine: EngineOwner,
): JobCalls {
  const jobs = new Map<string, JobState>();
  const cancelled = new Set<string>();

  function update(id: string, change: Partial<JobState>): void {
    const job = { ...(jobs.get(id) as JobState), ...change };
    jobs.set(id, job);
    hub.emit('jobs.changed', job);
  }

  return {
    'export.start': async ({ runId, format, target }) => {
      const { summary, document, weights } = await runs.model(runId);
      const name = summary.documentName.replace(/\.skip\.json$|\.json$/, '') || 'network';
      const folder = target
        ? join(handles.path(target.folder), checkedName(target.name))
        : ((await host.dialogs?.folder(`${name}-${format}`)) ?? null);
      if (folder === null) return { jobId: null };
      const id = randomUUID();
      jobs.set(id, {
        id,
        title: `Export as ${exporters[format].title}`,
        status: 'running',
        progress: 0,
        detail: 'Starting',
        error: null,
        exportReport: null,
      });
      const step = (progress: number, detail: string) => {
        if (cancelled.has(id)) throw new RpcError('E_CANCELLED', 'The export was cancelled.');
        update(id, { progress, detail });
      };
      void (async () => {
        try {
          const client = await engine.client();
          const source = await data.source(summary.request.dataset, intakeOf(document));
          const exportReport = await exportModel({
            name,
            document,
            weights,
            engine: summary.request.engine,
            format,
            folder,
            source,
            client,
            step,
          });
          update(id, { status: 'done', progress: 1, detail: '', exportReport });
        } catch (error) {
          const shape = toErrorShape(error);
          update(id, shape.code === 'E_CANCELLED' ? { status: 'cancelled', detail: '' } : { status: 'failed', detail: '', error: shape });
        }
      })();
      return { jobId: id };
    },
    'jobs.list': () => [...jobs.values()],
    'jobs.cancel': ({ jobId }) => {
      cancelled.add(jobId);
      return {};
    },
    'jobs.reveal': ({ jobId }) => {
      const folder = jobs.get(jobId)?.exportReport?.folder;
      if (folder) host.reveal(folder);
      return {};
    },
  };
}
