import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import type { RunningApp } from '../hosts/runningApp';

export type Format = 'SavedModel' | 'TensorFlow.js';

export interface ExportPart {
  readonly dialog: Locator;
  /** The end of it: where it was written and what the foreign reader found. */
  readonly done: Locator;
  /** Opens the dialog from the training panel, exports the shown run to a new folder of this name, and waits for the report. */
  run(format: Format, name: string): Promise<void>;
  close(): Promise<void>;
}

export function createExportPart(app: RunningApp): ExportPart {
  const { page } = app;
  const dialog = page.getByRole('dialog', { name: 'Export the trained network' });
  const done = page.getByRole('dialog', { name: 'Exported' });
  return {
    dialog,
    done,
    async run(format, name) {
      await app.answerNextDialog(join(app.folder, name));
      await page.getByRole('region', { name: 'Training' }).getByRole('button', { name: 'Export…' }).click();
      const formats = dialog.getByRole('combobox', { name: 'Format' });
      // A list takes no choice in the moment in which it opens, since the press that opened it may end there.
      await expect(async () => {
        if ((await formats.getAttribute('aria-expanded')) !== 'true') await formats.click();
        await page.getByRole('option', { name: new RegExp(`^${format}`) }).click({ timeout: 2000 });
        await expect(formats).toContainText(format, { timeout: 1000 });
      }).toPass();
      const folderName = dialog.getByRole('textbox', { name: 'Name' });
      if (app.kind === 'web') await folderName.fill(name);
      await dialog.getByRole('button', { name: /export/i }).click();
      await done.waitFor();
    },
    close: () => done.getByRole('button', { name: 'Done' }).click(),
  };
}
