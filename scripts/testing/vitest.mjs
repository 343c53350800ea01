/** Tests by vitest, in one process beside the other lane's. */
import { join } from 'node:path';
import { run } from '../steps/shell.mjs';
import { bin, readReport, reports } from './command.mjs';

/** `name` is that of the report; `args` choose the tests. */
export async function vitestChecks(name, args, env = {}) {
  const file = join(reports, `vitest-${name}.json`);
  const [node, vitest] = bin('vitest', 'vitest.mjs');
  const { code, output } = await run(
    node,
    [vitest, 'run', ...args, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`],
    // The option of this name does not reach the projects of a configuration.
    { quiet: true, env: { ...env, VITEST_MAX_WORKERS: '1' } },
  );
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
