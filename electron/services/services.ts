import { serve } from '../../shared/rpc/serve';
import { contract, type HostContract, type Settings } from '../../shared/rpc/contract';
import type { Handlers, Pipe } from '../../shared/rpc/define';
import { createAppService } from './app';
import { createDataService, type DataService } from './data';
import { createDraftsService } from './drafts';
import { createEngineOwner, type EngineOwner } from './engineOwner';
import { createExportService } from './exports';
import { createHandles } from './handles';
import type { Host } from './host';
import { createHistoryService } from './histories';
import { createHub, type Hub } from './hub';
import { createLog } from './log';
import { createLogService, followEngine, withLog, withRunsLogged } from './logging';
import { createModelService } from './model';
import { createProjectService, type ProjectService } from './project';
import { createRunsService, type RunsService } from './runs';
import { createSettingsService } from './settings';

export interface Services {
  readonly hub: Hub;
  readonly engine: EngineOwner;
  readonly project: ProjectService;
  readonly runs: RunsService;
  readonly data: DataService;
  /** Called with the settings whenever they are read or changed. */
  onSettings(listener: (settings: Settings) => void): void;
  /** Answers a page on its pipe until the pipe closes. */
  connect(pipe: Pipe): void;
  close(): void;
}

/** All services of a host, one set for all its pages. */
export function createServices(host: Host): Services {
  const log = createLog();
  const hub = withRunsLogged(createHub(), log);
  const handles = createHandles();
  const engine = createEngineOwner(host);
  const project = createProjectService(host, handles);
  const data = createDataService(host);
  const runs = createRunsService(host, handles, hub, engine);
  followEngine(engine, log);
  const settingsListeners: ((settings: Settings) => void)[] = [];
  const handlers: Handlers<HostContract> = {
    ...createAppService(host, engine),
    ...createSettingsService(host, (settings) => {
      for (const listener of settingsListeners) listener(settings);
    }),
    ...createLogService(host, log),
    ...createDraftsService(host, handles),
    ...createHistoryService(host),
    ...withRunsAlong(project, runs, handles),
    ...pick(data, ['data.list', 'data.images']),
    ...pick(runs, ['runs.start', 'runs.pause', 'runs.resume', 'runs.stop', 'runs.list', 'runs.get', 'runs.remove']),
    ...createModelService(runs, data, engine),
    ...createExportService(host, handles, hub, runs, data, engine),
  };
  return {
    hub,
    engine,
    project,
    runs,
    data,
    onSettings: (listener) => void settingsListeners.push(listener),
    connect(pipe) {
      const leave = hub.add(serve(contract, pipe, withLog(handlers, log)));
      pipe.onClose(leave);
    },
    close: () => engine.close(),
  };
}

function pick<T, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}

/** A document that gets a file takes the runs that it had without one along. */
function withRunsAlong(project: ProjectService, runs: RunsService, handles: ReturnType<typeof createHandles>) {
  const calls = pick(project, [
    'project.samples',
    'project.recent',
    'project.open',
    'project.initial',
    'project.save',
    'project.saveAs',
    'project.close',
    'project.versions',
    'project.version',
    'project.browse',
  ]);
  return {
    ...calls,
    'project.saveAs': async (input: Parameters<ProjectService['project.saveAs']>[0]) => {
      const saved = await calls['project.saveAs'](input);
      const documentId = (JSON.parse(input.text) as { id?: unknown }).id;
      if (saved && typeof documentId === 'string') await runs.moveTo(documentId, null, handles.path(saved.handle));
      return saved;
    },
  };
}
