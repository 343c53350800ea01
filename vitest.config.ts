import { configDefaults, defineConfig } from 'vitest/config';

/** Measures the memory of its process, in which nothing may lie that others gave back. */
const OF_MEMORY = 'electron/engine/life.test.ts';

export default defineConfig({
  test: {
    // Colours are read as text.
    css: { include: [/colors\.css/] },
    // What needs a driver for Vulkan has a configuration of its own.
    exclude: [...configDefaults.exclude, '**/*.gpu.test.ts'],
    environment: 'node',
    // Two cores are the least we count on; native engines share them.
    maxWorkers: 2,
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // A file in a process of its own costs a second for what it imports, which is spared where nothing is kept between tests:
      // in what is shared, and in the engine, whose sessions end with their tests and whose native libraries are loaded once anyway.
      { extends: true, test: { name: 'shared', include: ['shared/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'engine', include: ['electron/engine/**/*.test.ts'], exclude: [OF_MEMORY], isolate: false } },
      {
        extends: true,
        test: { name: 'programs', include: ['electron/!(engine)/**/*.test.ts', OF_MEMORY, '{renderer,scripts}/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
