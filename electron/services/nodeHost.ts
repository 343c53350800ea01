import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineProcess } from './host';

/** Folders of the installed program. */
export interface ProgramFolders {
  readonly root: string;
  readonly assets: string;
  /** The built page. */
  readonly page: string;
  /** The built entry of the engine's process. */
  readonly engine: string;
  readonly preload: string;
}

/** Found from wherever this code was built to: the first folder above it that holds the package and its assets. */
export function programFolders(): ProgramFolders {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!(existsSync(join(root, 'package.json')) && existsSync(join(root, 'assets'))) && dirname(root) !== root) root = dirname(root);
  const built = join(root, 'out');
  return {
    root,
    assets: join(root, 'assets'),
    page: join(built, 'renderer'),
    engine: join(built, 'node', 'engine.js'),
    preload: join(built, 'node', 'preload.cjs'),
  };
}

export function programVersion(program: string): string {
  const { version } = JSON.parse(readFileSync(join(program, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** Where settings, drafts and runs of unsaved documents are kept, by the system's custom. */
export function userDataFolder(): string {
  const named = process.env['SKIPWIRE_USER_DATA'];
  if (named) return named;
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Skipwire');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Skipwire');
  return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'skipwire');
}

/** The engine as a child of Node; typed arrays pass by structured clone. */
export function forkEngineWithNode(file: string, environment: Readonly<Record<string, string>> = {}, isQuiet = false): EngineProcess {
  const env = { ...process.env, ...environment };
  const child = fork(file, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env });
  child.stderr?.setEncoding('utf8');
  if (!isQuiet) child.stderr?.on('data', (text: string) => process.stderr.write(text));
  return {
    pid: child.pid,
    pipe: {
      send: (message) => {
        if (child.connected) child.send(message as object);
      },
      onMessage: (listener) => void child.on('message', listener),
      onClose: (listener) => void child.on('exit', listener),
      close: () => void child.kill('SIGKILL'),
    },
    kill: () => void child.kill('SIGKILL'),
    onStderr: (listener) => void child.stderr?.on('data', listener),
    // Not at `exit`: the last words of a process may still be on their way then.
    onExit: (listener) => void child.once('close', (code, signal) => listener({ code, signal })),
  };
}
