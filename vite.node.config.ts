import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** What runs on Node, by output name. The preload is CommonJS, since a sandboxed one must be. */
const ENTRIES: Readonly<Record<string, string>> = {
  main: 'electron/main/index.ts',
  engine: 'electron/engine/process.ts',
  reading: 'electron/engine/reading/thread.ts',
  cli: 'electron/cli/index.ts',
};
const PRELOAD = { preload: 'electron/preload/index.ts' };

const preload = process.env['SKIPWIRE_BUILD'] === 'preload';
const builtins = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);

/**
 * What stays outside of the bundles: native modules, and what only some calls need and reads files of its own. The others are bundled,
 * which lets a program start in two thirds of the processor time: zod alone is a hundred files.
 */
const EXTERNAL = ['electron', '@tensorflow/tfjs', 'onnxruntime-node', 'sharp', 'pdfkit', 'fontkit', 'ws'];

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: EXTERNAL },
  build: {
    ssr: true,
    outDir: 'out/node',
    emptyOutDir: !preload,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rollupOptions: {
      input: Object.fromEntries(
        Object.entries(preload ? PRELOAD : ENTRIES)
          .map(([name, file]) => [name, resolve(file)])
          .filter(([, file]) => existsSync(file as string)),
      ),
      external: (id) => builtins.has(id) || EXTERNAL.includes(id),
      output: preload
        ? { format: 'cjs', entryFileNames: '[name].cjs' }
        : { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
