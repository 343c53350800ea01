#!/usr/bin/env node
/** `npm run package`: the program as a folder and a tar.gz in `dist/`. `--dir` makes the folder alone. */
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
  ...process.argv.slice(2),
]);
process.exitCode = code;
