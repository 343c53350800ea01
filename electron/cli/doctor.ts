import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import colors from 'picocolors';
import { engineStatuses } from '../services/app';
import { programFolders } from '../services/nodeHost';
import { createServices } from '../services/services';
import { print, printJson, type ExitCode } from './output';
import { terminalHost } from './terminalHost';

interface Finding {
  readonly name: string;
  readonly available: boolean;
  readonly version: string | null;
  readonly reason: string | null;
  readonly remedy: string | null;
}

/** `skipwire doctor`: which engine and shell are there, which are not, why, and the one command that would get each. */
export async function doctor(options: { json?: boolean }): Promise<ExitCode> {
  const services = createServices(terminalHost(null));
  const engines = (await engineStatuses(services.engine, await services.chooser.gpu())).map(({ title, ...status }): Finding => ({
    ...status,
    name: title,
  }));
  services.close();
  const shells = [electron(), display(), page()];
  if (options.json) printJson({ engines, shells });
  else {
    print('Engines');
    engines.forEach(printFinding);
    print('Shells');
    shells.forEach(printFinding);
  }
  return engines.some(({ available }) => available) ? 0 : 1;
}

function printFinding({ name, available, version, reason, remedy }: Finding): void {
  print(`  ${available ? colors.green('✔') : colors.yellow('–')} ${name}${version ? ` ${version}` : ''}${reason ? `: ${reason}` : ''}`);
  if (remedy) print(`      ${colors.dim('to get it:')} ${remedy}`);
}

function electron(): Finding {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? packagedElectron();
  const binary =
    folder && [join(folder, 'electron'), join(folder, 'electron.exe'), join(folder, 'Electron.app')].find((file) => existsSync(file));
  return binary
    ? { name: 'Electron', available: true, version: null, reason: folder ?? null, remedy: null }
    : {
        name: 'Electron',
        available: false,
        version: null,
        reason: 'its binary is not here; the app runs in the browser',
        remedy: 'npx install-electron (or name a folder that holds it: ELECTRON_OVERRIDE_DIST_PATH)',
      };
}

function packagedElectron(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('electron/package.json')), 'dist');
  } catch {
    return undefined;
  }
}

function display(): Finding {
  const available = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
  return {
    name: 'Display',
    available,
    version: null,
    reason: available ? null : 'no DISPLAY is set; a window cannot open',
    remedy: available ? null : 'xvfb-run -a npm start',
  };
}

function page(): Finding {
  const available = existsSync(join(programFolders().page, 'index.html'));
  return {
    name: 'Page',
    available,
    version: null,
    reason: available ? null : 'it is not built',
    remedy: available ? null : 'npm run setup',
  };
}
