import { homedir, hostname, userInfo } from 'node:os';
import { redact } from '../../shared/log/redact';
import type { HostContract } from '../../shared/rpc/contract';
import type { EventPayload, Handlers } from '../../shared/rpc/define';
import { RpcError } from '../../shared/rpc/messages';
import type { EngineOwner } from './engineOwner';
import type { Host } from './host';
import type { Hub } from './hub';
import { linesInto, type Log } from './log';
import { programFolders } from './nodeHost';

type LogCalls = Pick<Handlers<HostContract>, 'log.read' | 'log.write' | 'log.report'>;

/** Says in the log what was refused (a warning) and what went wrong (an error, with its stack). */
export function withLog<H extends object>(handlers: H, log: Log): H {
  const logged = Object.entries(handlers as Record<string, (input: unknown) => unknown>).map(([name, handler]) => [
    name,
    async (input: unknown) => {
      try {
        return await handler(input);
      } catch (error) {
        if (error instanceof RpcError) log.add('warning', name, `${error.code}: ${error.message}`);
        else log.add('error', name, error instanceof Error ? (error.stack ?? error.message) : String(error));
        throw error;
      }
    },
  ]);
  return Object.fromEntries(logged) as H;
}

/** The engine's comings and goings, and what it writes to its error stream. */
export function followEngine(engine: EngineOwner, log: Log): void {
  engine.onStart(() => log.add('info', 'engine', 'The engine was started.'));
  engine.onCrash(({ words }) => log.add('error', 'engine', words));
  engine.onStderr(linesInto(log, 'engine'));
}

/** How many of the last troubles a report tells. */
const TOLD = 30;

export function createLogService(host: Host, log: Log): LogCalls {
  log.add('info', 'host', `Skipwire ${host.version} started (${host.kind}, ${process.platform}, Node.js ${process.versions.node}).`);
  return {
    'log.read': ({ after }) => ({ lines: [...log.read(after)] }),
    'log.write': ({ level, text }) => {
      log.add(level, 'page', text);
      return {};
    },
    'log.report': () => ({ text: reportOf(log, host) }),
  };
}

/** What went wrong lately, without personal data. Of a refusal only its code is told: its words name people's files. */
function reportOf(log: Log, host: Host): string {
  const secrets = {
    folders: { [programFolders().root]: '<program>', [host.paths.userData]: '<settings>', [homedir()]: '~' },
    names: [userInfo().username, hostname()],
  };
  return log
    .read(0)
    .filter(({ level }) => level !== 'info')
    .slice(-TOLD)
    .map(({ at, level, source, text }) => {
      const told = level === 'warning' ? (/^E_[A-Z_]+/.exec(text)?.[0] ?? redact(text, secrets)) : redact(text, secrets);
      return `${new Date(at).toISOString().slice(11, 19)} ${level} ${source}: ${told}`;
    })
    .join('\n');
}

/** Events as before; a run's beginning and end are told in the log too. */
export function withRunsLogged(hub: Hub, log: Log): Hub {
  const known = new Map<string, string>();
  const emit: Hub['emit'] = (name, payload) => {
    if (name === 'runs.progress') {
      const { id, status, engine, message } = (payload as EventPayload<HostContract, 'runs.progress'>).summary;
      if (known.get(id) !== status) {
        known.set(id, status);
        const words = [`A run is ${status}`, engine && `on ${engine}`].filter(Boolean).join(' ');
        log.add(status === 'failed' ? 'error' : 'info', 'runs', message ? `${words}: ${message}` : `${words}.`);
      }
    }
    hub.emit(name, payload);
  };
  return { ...hub, emit };
}
