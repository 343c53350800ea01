#!/usr/bin/env node
/**
 * `npm test`: sets up what is missing, then every check. What could not run is listed by name with the reason; in CI
 * (`CI=true`) that is a failure. Names of checks as arguments run only those: `npm test -- types unit`.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromeBinary, ensureChrome } from './steps/chrome.mjs';
import { electronBinary } from './steps/electron.mjs';
import { root, run } from './steps/shell.mjs';
import { setup } from './setup.mjs';

const reports = join(root, 'out', 'reports');
const bin = (name, file) => [process.execPath, join(root, 'node_modules', name, file)];

/**
 * Each check gives `{ passed, failed, skipped: [{ name, reason }], output }`. Those of a stage run two at a time, as many as the cores
 * that we count on; a stage begins when the one before it has ended.
 */
const STAGES = [
  {
    types: () => command(...bin('typescript-native', 'bin/tsc'), '-b'),
    lint: () => command(...bin('oxlint', 'bin/oxlint'), '--quiet'),
    imports: () =>
      command(
        ...bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
        'shared',
        'electron',
        'renderer',
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'err',
      ),
    'dead code': () => command(...bin('knip', 'bin/knip.js')),
    format: () => command(...bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'),
  },
  { unit: unitTests },
  {
    'e2e in a browser': () => endToEnd('web'),
    'e2e in Electron': () => endToEnd('electron'),
    'packaged program': packagedProgram,
  },
];

async function command(...parts) {
  const { code, output } = await run(parts[0], parts.slice(1), { quiet: true });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [], output: code === 0 ? '' : output };
}

async function unitTests() {
  const file = join(reports, 'vitest.json');
  const [node, vitest] = bin('vitest', 'vitest.mjs');
  const { code, output } = await run(node, [vitest, 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`], {
    quiet: true,
  });
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1, skipped: [], output };
  const skipped = report.testResults.flatMap((suite) =>
    suite.assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => ({ name: fullName, reason: 'skipped by its own condition' })),
  );
  const failed = report.numFailedTests || (code === 0 ? 0 : 1);
  return { passed: report.numPassedTests, failed, skipped, output: failed ? failuresOf(report) || output : '' };
}

/** Each failed test by name, with the beginning of what it said. */
function failuresOf({ testResults }) {
  const failures = testResults.flatMap(({ name, message, assertionResults }) => [
    ...(assertionResults.length === 0 ? [`${name}\n${message}`] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `${name} › ${fullName}\n${failureMessages.join('\n').split('\n').slice(0, 20).join('\n')}`),
  ]);
  return failures.join('\n\n');
}

/** Packages the program as a user gets it, starts it and trains an epoch. */
async function packagedProgram() {
  const reason = whyNoElectron();
  if (reason) return { passed: 0, failed: 0, skipped: [{ name: 'the packaged program', reason }], output: '' };
  const packaged = await command(process.execPath, join(root, 'scripts', 'package.mjs'), '--dir');
  return packaged.failed ? packaged : endToEnd('packaged');
}

async function endToEnd(project) {
  const reason =
    project === 'web' ? ((await ensureChrome()) ? undefined : 'no Chromium or Chrome is here and none can be fetched') : whyNoElectron();
  if (reason) return { passed: 0, failed: 0, skipped: [{ name: `e2e (${project})`, reason }], output: '' };
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
  const stats = readReport(file)?.stats;
  if (!stats) return { passed: 0, failed: 1, skipped: [], output };
  const failed = stats.unexpected + stats.flaky || (code === 0 ? 0 : 1);
  const skipped = skippedTitles(readReport(file)).map((title) => ({
    name: `${title} (${project})`,
    reason: 'skipped by its own condition',
  }));
  return { passed: stats.expected, failed, skipped, output: failed ? output : '' };
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

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

// Colours are for eyes; what fails here is read in a log.
process.env.NO_COLOR = '1';
const totals = { passed: 0, failed: 0, skipped: [] };
try {
  await setup();
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const wanted = process.argv.slice(2);
for (const stage of STAGES) {
  const waiting = Object.entries(stage).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await report(...next);
  };
  await Promise.all([lane(), lane()]);
}

async function report(name, check) {
  const start = performance.now();
  const { passed, failed, skipped, output } = await check();
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped.push(...skipped);
  console.log(
    `${failed ? '✖' : '✔'} ${name.padEnd(18)} ${passed} passed, ${failed} failed  (${((performance.now() - start) / 1000).toFixed(0)} s)`,
  );
  if (output) console.log(output.replace(/^/gm, '    '));
}

if (totals.skipped.length > 0) {
  console.log('\nNot run:');
  for (const { name, reason } of totals.skipped) console.log(`  ${name}: ${reason}`);
  if (process.env.CI === 'true') totals.failed += totals.skipped.length;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
