import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Contestant } from '../harness';

const VERSION = '2.8.0';

/** A virtual environment with PyTorch, made once per user, outside the program's folder (about 6 GB). */
function python(): string {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'skipwire');
  const home = join(cache, `bench-torch-${VERSION}`);
  const bin = join(home, 'bin', 'python');
  if (existsSync(join(home, 'complete'))) return bin;
  console.error(`Setting up PyTorch ${VERSION} for the benchmarks; this takes some minutes …`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  run('python3', ['-m', 'venv', home]);
  run(bin, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `torch==${VERSION}`, 'numpy<3']);
  writeFileSync(join(home, 'complete'), '');
  return bin;
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
}

/** What `pytorchTrainer.py` builds. */
export type TorchNetwork = 'resnet20' | 'mobilenetv2' | 'transformer' | 'lstm' | 'unet';

/** PyTorch's training of the network of that name in `pytorchTrainer.py`, on as many threads as there are cores. */
export async function torchTrainer(network: TorchNetwork, batch: number, steps: number): Promise<Contestant> {
  const script = fileURLToPath(new URL('pytorchTrainer.py', import.meta.url));
  const child = spawn(python(), [script, network, String(batch), String(steps), String(availableParallelism())], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: AsyncIterator<string> = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const next = await lines.next();
    if (next.done === true) throw new Error('PyTorch ended before it answered.');
    return next.value;
  };
  const { version, format } = JSON.parse(await answer()) as { version: string; format: string };
  return {
    name: `PyTorch ${version} (${format})`,
    async run() {
      child.stdin.write('run\n');
      await answer();
    },
    close: () => child.stdin.end(),
  };
}
