import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds wrong, in lines that can be read in a report. */
async function findings(page: Page): Promise<readonly string[]> {
  // Legacy mode: without it axe opens a page of its own, which a window of Electron cannot.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(WCAG).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} – ${target.join(' ')}\n${failureSummary ?? ''}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('start page, network, problem, training, drawing, data, runs and export have no violation', async ({ app, window }) => {
      const check = async (state: string) => test.step(state, async () => expect(await findings(app.page)).toEqual([]));
      await check('start page');

      await window.files.openSample('digits-mlp');
      await window.problems.show();
      await check('a network, nothing selected');

      await window.canvas.select('scores');
      await check('a layer selected');

      await window.training.show();
      await window.training.setNumber('Epochs', 2);
      await window.training.train.click();
      await expect(window.training.status).toContainText('Finished', { timeout: 60_000 });
      await check('a finished run');

      await window.tryIt.show();
      await window.tryIt.pick(1);
      await expect(window.tryIt.prediction).toContainText('%');
      await check('a test image tried');

      await window.showTab('Data');
      await expect(app.page.getByRole('region', { name: 'Data' }).getByRole('img').first()).toBeVisible();
      await check('data');

      await window.runs.show();
      await expect(window.runs.rows).toHaveCount(1);
      await check('runs');

      await window.command('Export as SavedModel…');
      await expect(window.exporting.dialog).toBeVisible();
      await check('the export dialog');
      await app.page.keyboard.press('Escape');

      await window.files.openSample('mismatched-add');
      await window.problems.show();
      await expect(window.problems.rows).not.toHaveCount(0);
      await check('a mismatched add');
    });
  });
}
