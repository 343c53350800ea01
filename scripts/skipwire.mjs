#!/usr/bin/env node
/** `npx skipwire …` in a clone: the command line, set up and built first where needed. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setup } from './setup.mjs';
import { root } from './steps/shell.mjs';

// What the set-up says must not mix with what a script reads from standard output.
const log = console.log;
console.log = console.error;
try {
  await setup();
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
console.log = log;
await import(pathToFileURL(join(root, 'out', 'node', 'cli.js')).href);
