import { utilityProcess } from 'electron';
import { endOfStatus } from '../services/engineEnd';
import type { EngineProcess } from '../services/host';

/** The engine as a utility process of Electron. */
export function forkEngineWithElectron(file: string, environment: Readonly<Record<string, string>>, isQuiet = false): EngineProcess {
  const env = { ...process.env, ...environment };
  const child = utilityProcess.fork(file, [], { serviceName: 'Skipwire engine', stdio: ['ignore', 'ignore', 'pipe'], env });
  if (!isQuiet) child.stderr?.on('data', (bytes: Buffer) => process.stderr.write(bytes));
  return {
    get pid() {
      return child.pid;
    },
    pipe: {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onClose: (listener) => void child.on('exit', listener),
      close: () => void child.kill(),
    },
    kill: () => {
      // `kill()` of a utility process is a polite SIGTERM, which a busy native step does not hear.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
    onStderr: (listener) => void child.stderr?.on('data', (bytes: Buffer) => listener(bytes.toString('utf8'))),
    onExit: (listener) => void child.once('exit', (status) => listener(endOfStatus(status))),
  };
}
