/**
 * TensorFlow for the engine: what is there, else tfjs-node's own installer, else TensorFlow's Python wheel.
 *
 * The wheel's shared library has the whole C API, so tfjs-node's binding is compiled against it; no Python code of it is
 * used. Where none works, onnxruntime-node, which npm has installed already, is the engine. Libraries are kept per user by
 * hash and linked into node_modules.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, isAlive, readStamp, root, run, say, writeStamp } from './shell.mjs';

const DAY = 24 * 60 * 60 * 1000;
const home = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
const stampFile = join(root, 'node_modules', '.skipwire', 'engine.json');

const WHEEL = {
  requirement: 'tensorflow-cpu==2.15.1',
  version: '2.15.1',
  sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  megabytes: 207,
};
const BINDING = join('lib', 'napi-v8', 'tfjs_binding.node');

/** Makes the best engine there that can be had. A way that failed is tried again after a day, or with `retry`. */
export async function ensureEngine({ retry = false } = {}) {
  const stamp = readStamp(stampFile);
  if (stamp?.engine === 'tensorflow' && existsSync(join(home, BINDING))) return stamp;
  if (!retry && stamp?.engine === 'onnxruntime' && Date.now() - stamp.at < DAY) return stamp;
  const reasons = [];
  for (const way of [alreadyThere, ownInstaller, wheel]) {
    const outcome = await attempt(way);
    if (outcome.version) return done({ engine: 'tensorflow', version: outcome.version, way: way.name, at: Date.now() });
    if (outcome.reason) reasons.push(outcome.reason);
  }
  say(`TensorFlow cannot be set up here (${reasons.join('; ')}); onnxruntime runs and trains the networks instead.`);
  return done({ engine: 'onnxruntime', reasons, at: Date.now() });
}

function done(stamp) {
  writeStamp(stampFile, stamp);
  if (stamp.engine === 'tensorflow' && stamp.way !== 'alreadyThere') say(`TensorFlow ${stamp.version} is ready`);
  return stamp;
}

async function attempt(way) {
  try {
    return await way();
  } catch (error) {
    return { reason: error.message };
  }
}

async function alreadyThere() {
  if (!existsSync(home)) throw new Error('the package @tensorflow/tfjs-node is not installed');
  return existsSync(join(home, BINDING)) ? probe() : {};
}

/** Loads the library in a process of its own – a broken one may crash – and multiplies two numbers. */
async function probe() {
  const script = `
    const util = require('node:util');
    util.isNullOrUndefined ??= (value) => value === null || value === undefined;
    util.isArray ??= Array.isArray;
    const tf = require('@tensorflow/tfjs-node');
    if (tf.mul(6, 7).dataSync()[0] !== 42) process.exit(3);
    console.log('TensorFlow', tf.backend().binding.TF_Version);`;
  const { code, output } = await run(process.execPath, ['-e', script], { quiet: true, limit: 60_000, env: { TF_CPP_MIN_LOG_LEVEL: '2' } });
  const version = /TensorFlow (\S+)/.exec(output)?.[1];
  if (code !== 0 || !version) throw new Error('the TensorFlow library that is there does not load');
  return { version };
}

async function ownInstaller() {
  if (!existsSync(home)) return {};
  say('Fetching TensorFlow (tfjs-node’s own installer)');
  rmSync(join(home, 'deps'), { recursive: true, force: true });
  const { code } = await run(process.execPath, [join('scripts', 'install.js')], {
    cwd: home,
    quiet: true,
    limit: 10 * 60_000,
    env: { PATH: binPath() },
  });
  if (code !== 0 || !existsSync(join(home, BINDING))) throw new Error('its own download host cannot be reached');
  return probe();
}

async function wheel() {
  if (!existsSync(home)) return {};
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`the wheel is set up on linux-x64 only, this is ${process.platform}-${process.arch}`);
  const libraries = await cachedLibraries();
  linkLibraries(libraries);
  await placeBinding(libraries);
  return probe();
}

async function cachedLibraries() {
  const place = join(cacheFolder(), `tensorflow-${WHEEL.version}-${WHEEL.sha256.slice(0, 12)}`);
  if (existsSync(place)) return place;
  mkdirSync(cacheFolder(), { recursive: true });
  sweepAside();
  const aside = mkdtempSync(join(cacheFolder(), `.new-${process.pid}-`));
  try {
    const file = await download(aside);
    await unpack(file, aside);
    rmSync(file);
    if (!existsSync(place)) renameSync(aside, place);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return place;
}

/** What set-ups that were killed have left behind. */
function sweepAside() {
  for (const name of readdirSync(cacheFolder())) {
    const pid = /^\.new-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

async function download(folder) {
  say(`Fetching ${WHEEL.requirement} with pip (${WHEEL.megabytes} MB)`);
  const { code } = await run('python3', [
    '-m',
    'pip',
    'download',
    '--disable-pip-version-check',
    '--no-deps',
    '--only-binary=:all:',
    '--python-version',
    '311',
    '--platform',
    'manylinux_2_17_x86_64',
    '--dest',
    folder,
    WHEEL.requirement,
  ]);
  if (code === 127) throw new Error('python3 with pip is not installed');
  if (code !== 0) throw new Error('pip cannot fetch TensorFlow’s wheel');
  const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.whl')) ?? '');
  if ((await sha256(file)) !== WHEEL.sha256) throw new Error('the wheel that pip fetched does not have the expected SHA-256');
  return file;
}

async function sha256(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** Takes the two libraries and the C headers out of the wheel. */
async function unpack(file, folder) {
  say('Unpacking TensorFlow’s library');
  const script = `
import sys, zipfile
keep = ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2', 'tensorflow/include/tensorflow/c/', 'tensorflow/include/tsl/', 'tensorflow/include/tensorflow/core/platform/ctstring')
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wheel.extractall(sys.argv[2], [name for name in wheel.namelist() if name.startswith(keep)])`;
  const { code, output } = await run('python3', ['-c', script, file, folder], { quiet: true });
  if (code !== 0) throw new Error(`the wheel cannot be unpacked: ${output.trim().split('\n').at(-1)}`);
  const library = join(folder, 'tensorflow', 'libtensorflow_cc.so.2');
  await run('strip', ['-s', library], { quiet: true });
}

/** As files of their own name on the same disk, so that they can be packaged; copies where links are not to be had. */
function linkLibraries(libraries) {
  const deps = join(home, 'deps', 'lib');
  rmSync(join(home, 'deps'), { recursive: true, force: true });
  mkdirSync(deps, { recursive: true });
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])
    placeFile(join(libraries, 'tensorflow', name), join(deps, name));
  symlinkSync('libtensorflow_cc.so.2', join(deps, 'libtensorflow.so'));
  symlinkSync('libtensorflow_framework.so.2', join(deps, 'libtensorflow_framework.so'));
}

function placeFile(source, target) {
  try {
    linkSync(source, target);
  } catch {
    cpSync(source, target);
  }
}

/** Compiles the binding once per version of tfjs-node; it is N-API, so it serves every Node and Electron. */
async function placeBinding(libraries) {
  const { version } = readStamp(join(home, 'package.json'));
  const kept = join(libraries, `tfjs_binding-${version}.node`);
  if (!existsSync(kept)) {
    await compileBinding(libraries);
    cpSync(join(home, BINDING), `${kept}.new`);
    renameSync(`${kept}.new`, kept);
  }
  mkdirSync(dirname(join(home, BINDING)), { recursive: true });
  cpSync(kept, join(home, BINDING));
}

async function compileBinding(libraries) {
  say('Compiling tfjs-node’s binding (needs a C++ compiler and make)');
  const headers = dirname(dirname(process.execPath));
  const nodedir = existsSync(join(headers, 'include', 'node', 'node_api.h')) ? [`--nodedir=${headers}`] : [];
  const include = join(home, 'deps', 'include');
  symlinkSync(join(libraries, 'tensorflow', 'include'), include);
  const gyp = join(root, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const { code, output } = await run(
    process.execPath,
    [gyp, 'rebuild', ...nodedir, '--', '-Dnapi_build_version=8', '-Dmodule_name=tfjs_binding', '-Dmodule_path=./lib/napi-v8'],
    { cwd: home, quiet: true, limit: 10 * 60_000 },
  );
  if (code !== 0)
    throw new Error(`tfjs-node’s binding does not compile: ${/error: .*|not found: \S+/.exec(output)?.[0] ?? 'see node-gyp'}`);
}

function binPath() {
  return `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
}
