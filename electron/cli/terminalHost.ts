import { spawn } from 'node:child_process';
import type { Host } from '../services/host';
import { forkEngineWithNode, programFolders, programVersion, userDataFolder } from '../services/nodeHost';

/** The host of the terminal and of the web server: Node, no dialogs. */
export function terminalHost(browseRoot: string | null, holder?: Host['holder']): Host {
  const folders = programFolders();
  return {
    kind: 'web',
    ...(holder ? { holder } : {}),
    version: programVersion(folders.root),
    versions: { 'Node.js': process.versions.node },
    paths: { userData: userDataFolder(), assets: folders.assets, browseRoot },
    dialogs: null,
    forkEngine: (environment, isQuiet) => forkEngineWithNode(folders.engine, environment, isQuiet),
    reveal: () => undefined,
    // The page opens links itself: it is in a browser.
    openExternal: () => undefined,
  };
}

/** Opens an address in the user's browser; false where there is none. */
export function openInBrowser(url: string): boolean {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return false;
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open'];
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
  return true;
}
