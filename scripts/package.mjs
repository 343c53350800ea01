#!/usr/bin/env node
/** `npm run package`: the program as a folder and a tar.gz in `dist/`. `--dir` makes the folder alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setup } from './setup.mjs';
import { electronBinary } from './steps/electron.mjs';
import { root, run, say } from './steps/shell.mjs';

await setup();
if (!electronBinary()) {
  console.error(
    'The program cannot be packaged: Electron’s binary is not here. Name a folder that holds it by ELECTRON_OVERRIDE_DIST_PATH.',
  );
  process.exit(1);
}
say('Packaging');
const { code } = await run(process.execPath, [
  join(root, 'node_modules', 'electron-builder', 'cli.js'),
  '--config',
  'electron-builder.config.cjs',
  '--dir',
]);
if (code !== 0) process.exit(code);
if (!process.argv.includes('--dir')) await archive();

/** By the system's own tar: electron-builder's archives need a tool that it downloads. */
async function archive() {
  const folder = readdirSync(join(root, 'dist')).find((name) => /-unpacked$|^mac/.test(name));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = `skipwire-${version}-${process.platform}-${process.arch}.tar.gz`;
  say(`Writing dist/${file}`);
  const packed = await run('tar', ['-czf', join(root, 'dist', file), '-C', join(root, 'dist'), folder]);
  if (packed.code !== 0) {
    console.error('The archive could not be written: tar ended with an error.');
    process.exit(1);
  }
}
