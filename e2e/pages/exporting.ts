import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { RunningApp } from '../hosts/runningApp';
import { chooseFrom } from './choosing';

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
      await page.getByRole('region', { name: 'Training', exact: true }).getByRole('button', { name: 'Export…' }).click();
      await chooseFrom(dialog.getByRole('combobox', { name: 'Format' }), new RegExp(`^${format}`));
      const folderName = dialog.getByRole('textbox', { name: 'Name' });
      if (app.kind === 'web') await folderName.fill(name);
      await dialog.getByRole('button', { name: /export/i }).click();
      await done.waitFor();
    },
    close: () => done.getByRole('button', { name: 'Done' }).click(),
  };
}
