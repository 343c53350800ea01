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

/** Dependencies stay outside: native ones must, the others may. Our own files are bundled. */
function isExternal(id: string): boolean {
  return (
    builtins.has(id) || id === 'electron' || (!id.startsWith('.') && !id.startsWith('/') && !id.startsWith('\0') && !/^[a-z]:/i.test(id))
  );
}

export default defineConfig({
  publicDir: false,
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
      external: isExternal,
      output: preload
        ? { format: 'cjs', entryFileNames: '[name].cjs' }
        : { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
