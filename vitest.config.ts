import { configDefaults, defineConfig } from 'vitest/config';

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
      // What is shared keeps nothing between calls: its tests need no process each, which took two thirds of a second a file.
      { extends: true, test: { name: 'shared', include: ['shared/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'programs', include: ['{electron,renderer,scripts}/**/*.test.{ts,tsx}'] } },
    ],
  },
});
