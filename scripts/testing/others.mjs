/** Checks against what others made: other programs in Python, and a driver that imitates a GPU. What they need is fetched meanwhile. */
import { join } from 'node:path';
import { root, run } from '../steps/shell.mjs';
import { bin, notRun } from './command.mjs';
import { vitestChecks } from './vitest.mjs';

function interopRun(...parts) {
  const [node, tsx] = bin('tsx', join('dist', 'cli.mjs'));
  return run(node, [tsx, join('interop', 'run.ts'), ...parts], { quiet: true });
}

let environments;
let vulkan;

/** Begins to fetch what these checks need: mostly waiting, so it takes no lane. */
export function fetchForOthers() {
  environments ??= interopRun('environments');
  vulkan ??= run(join(root, '.ci', 'softwareVulkan'), [], { quiet: true });
}

/** Parts of interop/run.ts; all that they compared is told. */
export async function interop(...parts) {
  fetchForOthers();
  const made = await environments;
  if (made.code !== 0) return { passed: 0, failed: 1, skipped: [], output: made.output };
  const { code, output } = await interopRun(...parts);
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [];
  if (passed === undefined) return { passed: 0, failed: 1, skipped: [], output };
  return { passed: Number(passed), failed: Number(failed) || (code === 0 ? 0 : 1), skipped: [], output };
}

/** The numbers of the GPU's engine on a driver that computes on the processor. Only this check sees it: browsers would take it, too. */
export async function onSoftwareVulkan() {
  fetchForOthers();
  const { code, output } = await vulkan;
  const said = output.trim();
  if (code !== 0) return notRun('the numbers of ONNX Runtime on a GPU', said, true);
  const manifest = join(said, 'lvp_icd.json');
  return vitestChecks('gpu', ['--config', 'vitest.gpu.config.ts'], {
    LD_LIBRARY_PATH: join(said, 'lib'),
    VK_DRIVER_FILES: manifest,
    VK_ICD_FILENAMES: manifest,
  });
}
