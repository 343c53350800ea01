#!/usr/bin/env node
/**
 * `npm test`: sets up what is missing, then every check of this program; `npm test -- all` also those against other programs, as CI
 * does. What could not run is listed by name with the reason; in CI (`CI=true`) that is a failure. Names of checks as arguments run only
 * those: `npm test -- types unit`.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { setup, setupPackages } from './setup.mjs';
import { bin, command, reports } from './testing/command.mjs';
import { endToEnd, packagedProgram } from './testing/endToEnd.mjs';
import { fetchForOthers, interop, onSoftwareVulkan } from './testing/others.mjs';
import { vitestChecks } from './testing/vitest.mjs';

/** Look at sources: they begin as soon as there are packages, while the engine is fetched and the program is built. */
const OF_SOURCES = {
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
  'unit: shared': () => vitestChecks('shared', ['--project=shared']),
};

/** The longest first: the short ones at the end leave no lane idle for long. What draws and drags in a window comes before what takes all cores. */
const OF_THE_PROGRAM = {
  'unit: programs': () => vitestChecks('programs', ['--project=programs']),
  'e2e: browser': () => endToEnd('web'),
  'e2e: Electron': () => endToEnd('electron'),
  'unit: engine': () => vitestChecks('engine', ['--project=engine']),
  'e2e: packaged': packagedProgram,
};

/** Need Python, or a driver; after the others. */
const AGAINST_OTHERS = {
  'interop: training': () => interop('samples', 'rules', 'masks', 'learning', 'laws'),
  'interop: layers': () => interop('layers', 'shapes'),
  'interop: resnet': () => interop('resnet'),
  'GPU on software': onSoftwareVulkan,
};

/** In the order in which two lanes, as many as the cores that we count on, take them. */
const CHECKS = { ...OF_SOURCES, ...OF_THE_PROGRAM };
const ALL = { ...CHECKS, ...AGAINST_OTHERS };

/** A name takes all that begin with it: `unit`. */
function chosen(wanted) {
  if (wanted.length === 0) return Object.entries(CHECKS);
  if (wanted.includes('all')) return Object.entries(ALL);
  const means = (name) => (given) => name === given || name.startsWith(`${given}:`);
  const unknown = wanted.filter((given) => !Object.keys(ALL).some((name) => means(name)(given)));
  if (unknown.length > 0)
    throw new Error(`There is no check ${unknown.join(', ')}: there are ${Object.keys(ALL).join(', ')}; and "all" of them.`);
  return Object.entries(ALL).filter(([name]) => wanted.some(means(name)));
}

const totals = { passed: 0, failed: 0, skipped: [] };

async function report(name, check) {
  const start = performance.now();
  const { passed, failed, skipped, output } = await check();
  totals.passed += passed;
  totals.failed += failed;
  totals.skipped.push(...skipped);
  console.log(
    `${failed ? '✖' : '✔'} ${name.padEnd(18)} ${passed} passed, ${failed} failed  (${((performance.now() - start) / 1000).toFixed(0)} s)`,
  );
  if (output) console.log(output.trimEnd().replace(/^/gm, '    '));
}

// Colours are for eyes; what fails here is read in a log.
process.env.NO_COLOR = '1';
try {
  const waiting = chosen(process.argv.slice(2));
  await setupPackages();
  const program = setup();
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  if (waiting.some(([name]) => name in AGAINST_OTHERS)) fetchForOthers();
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (!(next[0] in OF_SOURCES)) await program;
      await report(...next);
    }
  };
  // What is missing is set up in the place of one lane's first checks.
  const ends = await Promise.allSettled([lane(), program.then(lane)]);
  for (const { status, reason } of ends) if (status === 'rejected') throw reason;
} catch (error) {
  console.error(error.message);
  totals.failed += 1;
}

if (totals.skipped.length > 0) {
  console.log('\nNot run:');
  for (const { name, reason } of totals.skipped) console.log(`  ${name}: ${reason}`);
  if (process.env.CI === 'true') totals.failed += totals.skipped.filter(({ isExcused }) => !isExcused).length;
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
