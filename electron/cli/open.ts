import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RpcError } from '../../shared/rpc/messages';
import { programFolders } from '../services/nodeHost';
import { readRegularFile } from '../services/readFile';
import type { ExitCode } from './output';

/**
 * `skipwire open FILE …`: the files in the window of the app, which is started where it does not run yet. A running app
 * takes them over and this command ends; else it ends with the app.
 */
export async function open(paths: readonly string[]): Promise<ExitCode> {
  const files = paths.map((path) => resolve(path));
  // What cannot be read is said here, where somebody looks.
  for (const file of files) {
    await readRegularFile(file);
    if (!file.endsWith('.json'))
      throw new RpcError('E_USAGE', `"${file}" does not end in .json.`, 'Networks are kept in files that are named NAME.skip.json.');
  }
  const starter = join(programFolders().root, 'scripts', 'start.mjs');
  if (!existsSync(starter)) throw new RpcError('E_USAGE', 'This installation has no window of its own.', 'Use skipwire serve FILE --open.');
  const [code] = (await once(spawn(process.execPath, [starter, ...files], { stdio: 'inherit' }), 'exit')) as [number | null];
  return code === 0 ? 0 : 1;
}
