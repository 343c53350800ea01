import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RpcError } from '../../shared/rpc/messages';
import { programFolders } from '../services/nodeHost';
import { readRegularFile } from '../services/readFile';
import { createServices } from '../services/services';
import { startWebServer } from '../web/server';
import { print, type ExitCode } from './output';
import { openInBrowser, terminalHost } from './terminalHost';
import { whole } from './train';

/** `skipwire serve [PATH]`: the whole app in a browser, on this machine only, until Ctrl+C. */
export async function serve(path: string | undefined, options: { port?: string; open?: boolean }): Promise<ExitCode> {
  const target = resolve(path ?? '.');
  const kind = await stat(target).catch(() => undefined);
  if (!kind) throw new RpcError('E_GONE', `"${target}" is not there.`);
  const services = createServices(terminalHost(kind.isDirectory() ? target : dirname(target)));
  if (kind.isFile()) {
    // What cannot be read is said here and not first in the page.
    await readRegularFile(target);
    services.project.setInitial(target);
  }
  const server = await startWebServer({
    folder: programFolders().page,
    port: options.port === undefined ? 0 : whole(options.port, '--port', 1, 65_535),
    connect: (pipe) => void services.connect(pipe),
  });
  print(`Skipwire is at ${server.url}`);
  print('Keep the address to yourself: whoever has it works as you. Ctrl+C ends it.');
  if (options.open && !openInBrowser(server.url)) print('There is no browser here; open the address in one that reaches this machine.');
  await new Promise<void>((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await services.runs.stopAll();
  await server.close();
  services.close();
  return 0;
}
