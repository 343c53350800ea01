import { defineConfig } from 'vitest/config';

/** The numbers of the GPU's engine, on whatever driver for Vulkan is found: in `.ci/run` one that computes on the processor. */
export default defineConfig({
  test: {
    include: ['electron/**/*.gpu.test.ts'],
    environment: 'node',
    // A software driver takes all cores.
    maxWorkers: 1,
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
