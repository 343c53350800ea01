/** The program as people use it: in a browser, in Electron, and packaged. */
import { join } from 'node:path';
import { chromeBinary, ensureChrome } from '../steps/chrome.mjs';
import { electronBinary } from '../steps/electron.mjs';
import { root, run } from '../steps/shell.mjs';
import { bin, command, notRun, readReport, reports } from './command.mjs';

/** `project` is one of playwright.config.ts. */
export async function endToEnd(project) {
  const reason =
    project === 'web' ? ((await ensureChrome()) ? undefined : 'no Chromium or Chrome is here and none can be fetched') : whyNoElectron();
  if (reason) return notRun(`e2e (${project})`, reason);
  const file = join(reports, `playwright-${project}.json`);
  const [node, playwright] = bin('@playwright/test', 'cli.js');
  const { code, output } = await run(
    node,
    [playwright, 'test', '--project', project, '--reporter=line,json', '--output', join(root, 'out', 'playwright', project)],
    {
      quiet: true,
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file, CHROME_PATH: chromeBinary() ?? '', ELECTRON_BINARY: electronBinary() ?? '' },
    },
  );
  const report = readReport(file);
  if (!report?.stats) return { passed: 0, failed: 1, skipped: [], output };
  const failed = report.stats.unexpected + report.stats.flaky || (code === 0 ? 0 : 1);
  const skipped = skippedTitles(report).map((title) => ({ name: `${title} (${project})`, reason: 'skipped by its own condition' }));
  return { passed: report.stats.expected, failed, skipped, output: failed ? output : '' };
}

/** Packages the program as a user gets it, starts it and trains an epoch. */
export async function packagedProgram() {
  const reason = whyNoElectron();
  if (reason) return notRun('the packaged program', reason);
  const packaged = await command(process.execPath, join(root, 'scripts', 'package.mjs'), '--dir');
  return packaged.failed ? packaged : endToEnd('packaged');
}

function skippedTitles({ suites }) {
  const inside = (suite) => [
    ...(suite.specs ?? []).filter(({ tests }) => tests.some(({ status }) => status === 'skipped')).map(({ title }) => title),
    ...(suite.suites ?? []).flatMap(inside),
  ];
  return suites.flatMap(inside);
}

function whyNoElectron() {
  if (!electronBinary()) return 'Electron’s binary is not here and cannot be fetched';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  return undefined;
}
