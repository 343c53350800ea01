import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const scripts = fileURLToPath(new URL('../', import.meta.url));
let clone: string;
let cache: string;

/** A clone with an empty tfjs-node whose own installer reaches nothing, and a `python3` of our making first on the path. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'skipwire-setup-'));
  cache = join(clone, 'cache');
  cpSync(scripts, join(clone, 'scripts'), { recursive: true, filter: (path) => !path.includes('checks') });
  write('node_modules/@tensorflow/tfjs-node/package.json', '{"version": "4.22.0"}');
  write('node_modules/@tensorflow/tfjs-node/scripts/install.js', 'process.exit(1)');
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(clone, file)), { recursive: true });
  writeFileSync(join(clone, file), text);
}

/** `body` is shell; `$dest` is the folder that pip was told to download into. */
function python(body: string): void {
  write('bin/python3', `#!/bin/sh\nwhile [ "$1" != --dest ] && [ $# -gt 0 ]; do shift; done; dest=$2\n${body}\n`);
  chmodSync(join(clone, 'bin', 'python3'), 0o755);
}

const driver = () =>
  `import(${JSON.stringify(join(clone, 'scripts', 'steps', 'engine.mjs'))}).then((step) => step.ensureEngine()).then((stamp) => console.log(JSON.stringify(stamp)))`;
const environment = (path: string) => ({ ...process.env, PATH: path, SKIPWIRE_CACHE: cache });

function ensureEngine(path = `${join(clone, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`): {
  stamp: { engine: string; reasons?: string[] };
  output: string;
} {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', driver()], { env: environment(path), encoding: 'utf8' });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`${stdout}\n${stderr}`);
  return { stamp: JSON.parse(line) as { engine: string; reasons?: string[] }, output: stdout };
}

describe('setting up the engine', () => {
  it('without pip says in a sentence which engine runs instead', () => {
    mkdirSync(join(clone, 'empty'));
    const { stamp, output } = ensureEngine(join(clone, 'empty'));
    expect(stamp.engine).toBe('onnxruntime');
    expect(output).toMatch(
      /TensorFlow cannot be set up here .*python3 with pip is not installed.*; onnxruntime runs and trains the networks instead\./,
    );
  });

  it('refuses a wheel that is not the pinned one, and keeps nothing of it', () => {
    python('echo not a wheel > "$dest/tensorflow.whl"');
    expect(ensureEngine().stamp.reasons?.join()).toContain('does not have the expected SHA-256');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('says when pip reaches nothing', () => {
    python('exit 1');
    expect(ensureEngine().stamp.reasons?.join()).toContain('pip cannot fetch');
  });

  it('that failed is not tried again at every start', () => {
    python('exit 1');
    ensureEngine();
    python(`touch ${join(clone, 'called')}; exit 1`);
    expect(ensureEngine().stamp.engine).toBe('onnxruntime');
    expect(existsSync(join(clone, 'called'))).toBe(false);
  });

  it('killed in the middle of a download leaves nothing that counts, and the next one cleans up after it', async () => {
    python(`echo part > "$dest/tensorflow.whl.part"; touch ${join(clone, 'started')}; exec sleep 30`);
    const child = spawn(process.execPath, ['-e', driver()], {
      env: environment(`${join(clone, 'bin')}:/usr/bin:/bin`),
      stdio: 'ignore',
      detached: true,
    });
    while (!existsSync(join(clone, 'started'))) await new Promise((resolve) => setTimeout(resolve, 20));
    process.kill(-(child.pid as number), 'SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(readdirSync(cache).every((name) => name.startsWith('.new-'))).toBe(true);
    expect(existsSync(join(clone, 'node_modules', '.skipwire', 'engine.json'))).toBe(false);
    python('exit 1');
    expect(ensureEngine().stamp.engine).toBe('onnxruntime');
    expect(readdirSync(cache)).toEqual([]);
  });

  it('finds a library that is there but broken', () => {
    python('exit 1');
    write('node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node', 'broken');
    write('node_modules/@tensorflow/tfjs-node/index.js', 'throw new Error("broken")');
    expect(ensureEngine().stamp.reasons?.[0]).toBe('the TensorFlow library that is there does not load');
  });
});

describe('the lock of a set-up', () => {
  it('of a process that was killed is taken over', () => {
    write('package-lock.json', '{}');
    write('.setup.lock/pid', '4194000');
    const stamp = (name: string, value: object) => write(`node_modules/.skipwire/${name}.json`, JSON.stringify(value));
    stamp('modules', { lock: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' });
    stamp('engine', { engine: 'onnxruntime', at: Date.now() });
    stamp('electron', { failedAt: Date.now() });
    write('node_modules/vite/bin/vite.js', '');
    // A lock younger than two seconds may just not have its owner's name yet.
    const past = new Date(Date.now() - 10_000);
    spawnSync('touch', ['-d', past.toISOString(), join(clone, '.setup.lock')]);
    const { status, stderr } = spawnSync(process.execPath, [join(clone, 'scripts', 'setup.mjs')], {
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: '' },
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(existsSync(join(clone, '.setup.lock'))).toBe(false);
    expect(readFileSync(join(clone, 'out', 'build.json'), 'utf8')).toContain('sources');
  });
});
