import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Colours are read as text.
    css: { include: [/colors\.css/] },
    include: ['{shared,electron,renderer,scripts}/**/*.test.{ts,tsx}'],
    // What needs a driver for Vulkan has a configuration of its own.
    exclude: [...configDefaults.exclude, '**/*.gpu.test.ts'],
    environment: 'node',
    // Two cores are the least we count on; native engines share them.
    maxWorkers: 2,
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
