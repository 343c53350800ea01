import { serve } from '../../shared/rpc/serve';
import { contract, type HostContract, type Settings } from '../../shared/rpc/contract';
import type { Handlers, Pipe } from '../../shared/rpc/define';
import { createAppService } from './app';
import { createDataService, type DataService } from './data';
import { createDraftsService } from './drafts';
import { createEngineChooser, type EngineChooser } from './engineChoice';
import { createEngineOwner, type EngineOwner } from './engineOwner';
import { createExportService } from './exports';
import { createHandles, type Handles } from './handles';
import type { Host } from './host';
import { createHistoryService } from './histories';
import { createHub, type Hub } from './hub';
import { createLog, type Log } from './log';
import { createLogService, followEngine, withLog, withRunsLogged } from './logging';
import { createModelService } from './model';
import { createOwnBlocksService } from './ownBlocks';
import { createPages, type Page, type PageHost } from './pages';
import { pictureCalls } from './pictures';
import { createProfiling, type Profiling } from './profiling';
import { createProjectService, type ProjectService } from './project';
import { createRunsService, type RunsService } from './runs';
import { createSettingsService } from './settings';
import { createWindowsService } from './windows';

export interface Services {
  readonly hub: Hub;
  readonly engine: EngineOwner;
  readonly chooser: EngineChooser;
  readonly project: Pick<ProjectService, 'setInitial'>;
  readonly handles: Handles;
  readonly runs: RunsService;
  readonly data: DataService;
  /** Called with the settings whenever they are read or changed. */
  onSettings(listener: (settings: Settings) => void): void;
  /** Answers a page on its pipe until the pipe closes. */
  connect(pipe: Pipe, page?: PageHost): Page;
  /** Forgets where a window was that was closed for good. */
  forgetWindow(window: string): Promise<void>;
  close(): void;
}

/** All services of a host, one set for all its pages. */
export function createServices(host: Host): Services {
  const log = createLog();
  const hub = withRunsLogged(createHub(), log);
  const handles = createHandles();
  const engine = createEngineOwner(host);
  const pages = createPages();
  const project = createProjectService(host, handles, pages);
  const windows = createWindowsService(host, handles, pages);
  const data = createDataService(host, handles);
  const chooser = createEngineChooser(host, engine);
  const runs = createRunsService({ host, handles, hub, engine, chooser, data, log });
  followEngine(engine, log);
  engine.onStart((client) => client.on('engine.measuring', (told) => hub.emit('engine.measuring', told)));
  const settingsListeners: ((settings: Settings) => void)[] = [];
  const shared: Omit<Handlers<HostContract>, PageCalls> = {
    ...createAppService(host, engine, chooser, hub),
    ...createSettingsService(host, (settings) => {
      engine.setThreads(settings.threads);
      for (const listener of settingsListeners) listener(settings);
    }),
    ...createLogService(host, log),
    ...createDraftsService(host, handles),
    ...createHistoryService(host),
    ...createOwnBlocksService(host, hub),
    ...pick(data, ['data.list', 'data.images', 'data.addFolder', 'data.removeFolder']),
    ...pick(runs, [
      'runs.start',
      'runs.rates',
      'runs.stopRates',
      'runs.prepare',
      'runs.pause',
      'runs.resume',
      'runs.stop',
      'runs.goOn',
      'runs.list',
      'runs.get',
      'runs.remove',
    ]),
    ...createModelService(runs, data, engine),
    ...pictureCalls,
    ...createExportService(host, handles, hub, runs, data, engine),
  };
  const callsFor = (page: Page): Omit<Handlers<HostContract>, keyof Profiling['calls']> => ({
    ...shared,
    ...windows.callsFor(page),
    ...withRunsAlong(project.callsFor(page), { runs, handles, log }),
  });
  return {
    hub,
    engine,
    chooser,
    project,
    handles,
    runs,
    data,
    onSettings: (listener) => void settingsListeners.push(listener),
    connect(pipe, pageHost = NO_WINDOWS) {
      // The page must be there before its calls are answered, and its calls before it can be told anything.
      const page = pages.add(pageHost, (name, payload) => emit(name, payload));
      const profiling = createProfiling(engine);
      const emit = serve(contract, pipe, withLog({ ...callsFor(page), ...profiling.calls }, log));
      const leaveHub = hub.add(emit);
      pipe.onClose(() => {
        leaveHub();
        profiling.end();
        pages.remove(page);
        void project.leave(page);
      });
      return page;
    },
    forgetWindow: (window) => windows.forget(window),
    close() {
      project.close();
      engine.close();
    },
  };
}

type PageCalls =
  | keyof Profiling['calls']
  | keyof ReturnType<ProjectService['callsFor']>
  | keyof ReturnType<ReturnType<typeof createWindowsService>['callsFor']>;

/** A page of a browser: it opens its windows itself, and nobody waits for it to close. */
const NO_WINDOWS: PageHost = { openWindow: () => undefined, readyToClose: () => undefined };

function pick<T, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}

interface RunsAlong {
  readonly runs: RunsService;
  readonly handles: Handles;
  readonly log: Log;
}

/** A document that gets a file takes its runs along; it is saved whatever becomes of them. */
function withRunsAlong(calls: ReturnType<ProjectService['callsFor']>, { runs, handles, log }: RunsAlong) {
  type Input = Parameters<(typeof calls)['project.saveAs']>[0];
  const along = ({ text, from }: Input, handle: string) => {
    const documentId = (JSON.parse(text) as { id?: unknown }).id;
    if (typeof documentId === 'string') runs.follow(documentId, from === null ? null : handles.path(from), handles.path(handle));
  };
  return {
    ...calls,
    'project.saveAs': async (input: Input) => {
      const saved = await calls['project.saveAs'](input);
      try {
        if (saved) along(input, saved.handle);
      } catch (error) {
        log.add('error', 'runs', `Runs could not go along: ${String(error)}`);
      }
      return saved;
    },
  };
}
