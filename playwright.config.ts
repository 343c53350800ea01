import { defineConfig } from '@playwright/test';

/** The same specs and page objects in a browser against the web host, and in real Electron. */
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: false,
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'out/reports/playwright.json' }]],
  outputDir: 'out/playwright',
  projects: [
    { name: 'web', testMatch: ['specs/**/*.spec.ts', 'web/**/*.spec.ts'], metadata: { host: 'web' } },
    {
      name: 'electron',
      testMatch: ['specs/**/*.spec.ts', 'electron/**/*.spec.ts'],
      // What no host changes – how many acts it takes, the keyboard's ways, contrast – is looked at once, in the browser.
      testIgnore: ['specs/acts.spec.ts', 'specs/keyboard.spec.ts', 'specs/accessibility.spec.ts'],
      metadata: { host: 'electron' },
    },
    { name: 'packaged', testMatch: ['packaged/**/*.spec.ts'], metadata: { host: 'electron' } },
  ],
});
