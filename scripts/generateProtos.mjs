// Generates the TypeScript of TensorFlow's SavedModel messages and of ONNX's from the .proto files kept beside it:
//
//   npm exec -- node scripts/generateProtos.mjs
//
// Needs a protobuf compiler: `protoc` on the PATH, or Python with `pip install grpcio-tools`
// (PYTHON=path/to/python where it is not `python3`). The .proto files are unchanged copies: TensorFlow's from
// tensorflow-cpu 2.15.1's include/ folder, ONNX's from onnx 1.23's package; both Apache-2.0.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const plugin = join(root, 'node_modules', '.bin', 'protoc-gen-es');

for (const folder of ['tensorflow', 'onnx']) {
  const protos = join(root, 'shared', 'program', folder, 'protos');
  const out = join(root, 'shared', 'program', folder, 'generated');
  const files = readdirSync(protos, { recursive: true }).filter((file) => file.endsWith('.proto'));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  compile([`--plugin=protoc-gen-es=${plugin}`, `--es_out=${out}`, '--es_opt=target=ts', `--proto_path=${protos}`, ...files]);
  console.log(`${folder}: ${files.length} files`);
}

function compile(options) {
  const commands = [['protoc'], [process.env.PYTHON ?? 'python3', '-m', 'grpc_tools.protoc']];
  for (const [command, ...first] of commands) {
    const { status, error, stderr } = spawnSync(command, [...first, ...options], { encoding: 'utf8' });
    if (status === 0) return;
    if (!error && !/No module named/.test(stderr)) throw new Error(stderr);
  }
  throw new Error('No protobuf compiler. Install `protoc`, or run `pip install grpcio-tools`.');
}
