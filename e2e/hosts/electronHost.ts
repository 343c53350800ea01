import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type BrowserContextOptions, type ElectronApplication, type Page } from '@playwright/test';
import { root, type TestFolders } from './folders';
import { collectErrors, type RunningApp } from './runningApp';

/** Electron's binary, as `npm test` found it or in the folder that is named; undefined where there is none. */
export function electronBinary(): string | undefined {
  const named = process.env['ELECTRON_BINARY'];
  const folders = [process.env['ELECTRON_OVERRIDE_DIST_PATH'], join(root, 'node_modules', 'electron', 'dist')];
  const files = folders.flatMap((folder) =>
    folder ? [join(folder, 'electron'), join(folder, 'electron.exe'), join(folder, 'Electron.app/Contents/MacOS/Electron')] : [],
  );
  return [named, ...files].find((file) => file !== undefined && file !== '' && existsSync(file));
}

/** The real desktop app with its real window. Only the system's own dialogs, which nobody can press, answer by themselves. */
export async function startElectron(
  folders: TestFolders,
  options: BrowserContextOptions,
  documents: readonly string[] = [],
): Promise<RunningApp> {
  const executablePath = electronBinary();
  if (executablePath === undefined) throw new Error('Electron’s binary is not here. Name its folder in ELECTRON_OVERRIDE_DIST_PATH.');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = { ...(process.env as Record<string, string>), SKIPWIRE_USER_DATA: folders.userData };
  const launch = () =>
    _electron.launch({
      executablePath,
      args: [...sandbox, root, ...documents],
      env,
      timeout: 30_000,
      ...(options.colorScheme === undefined ? {} : { colorScheme: options.colorScheme }),
    });
  const { app, page } = await firstWindow(launch);
  const { width, height } = options.viewport ?? { width: 1280, height: 800 };
  await app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), {
    width,
    height,
  });
  return {
    kind: 'electron',
    page,
    folder: folders.documents,
    errors: collectErrors(page),
    async answerNextDialog(path) {
      await app.evaluate(({ dialog }, answer) => {
        const canceled = answer === null;
        dialog.showOpenDialog = () => Promise.resolve({ canceled, filePaths: canceled ? [] : [answer] });
        dialog.showSaveDialog = () => Promise.resolve({ canceled, filePath: answer ?? '' });
      }, path);
    },
    enginePids: () =>
      app.evaluate(({ app: main }) =>
        main
          .getAppMetrics()
          .filter(({ serviceName, name }) => serviceName === 'node.mojom.NodeService' || name === 'Skipwire engine')
          .map(({ pid }) => pid),
      ),
    async secondStart(document) {
      await once(spawn(executablePath, [...sandbox, root, document], { env, stdio: 'ignore' }), 'exit');
    },
    async kill() {
      const ended = once(app.process(), 'exit');
      app.process().kill('SIGKILL');
      await ended;
    },
    close: () => app.close(),
  };
}

/**
 * The app with its first window. On a machine under load a start was once seen that never showed its page, for a reason that
 * is not known; such a start is given up and made again, once, and says so in the log.
 */
async function firstWindow(launch: () => Promise<ElectronApplication>): Promise<{ app: ElectronApplication; page: Page }> {
  for (let attempt = 1; ; attempt += 1) {
    let app: ElectronApplication | undefined;
    try {
      app = await launch();
      const page = await app.firstWindow({ timeout: 30_000 });
      await page.getByRole('banner').waitFor({ timeout: 30_000 });
      return { app, page };
    } catch (error) {
      app?.process().kill('SIGKILL');
      if (attempt === 2) throw error;
      console.warn('Electron showed no page within its time and is started again.');
    }
  }
}
