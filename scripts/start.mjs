#!/usr/bin/env node
/** `npm start`: sets up what is missing, then the app in Electron, or in the browser where there is no binary or display. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setup } from './setup.mjs';
import { electronBinary } from './steps/electron.mjs';
import { root } from './steps/shell.mjs';

const args = process.argv.slice(2);

try {
  await setup();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const missing = whyNoWindow();
if (missing) {
  console.log(`${missing} Skipwire runs in the browser instead.`);
  hand(process.execPath, [join(root, 'out', 'node', 'cli.js'), 'serve', '--open', ...args]);
} else {
  // Chromium's sandbox refuses root; only whoever asks for it runs without.
  const sandbox = process.env.SKIPWIRE_NO_SANDBOX === '1' ? ['--no-sandbox'] : [];
  hand(electronBinary(), [...sandbox, root, ...args]);
}

function whyNoWindow() {
  if (!electronBinary()) return 'Electron’s binary is not here and cannot be fetched.';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'There is no display.';
  if (process.platform === 'linux' && process.getuid?.() === 0 && process.env.SKIPWIRE_NO_SANDBOX !== '1')
    return 'Electron does not run sandboxed as root.';
  return undefined;
}

function hand(command, parameters) {
  const child = spawn(command, parameters, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
}
