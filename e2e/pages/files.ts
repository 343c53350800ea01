import { join } from 'node:path';
import type { RunningApp } from '../hosts/runningApp';

export interface FilesPart {
  /** Opens a document of the folder: by the system's dialog, or by the page's own where there is none. */
  open(name: string): Promise<void>;
  /** Opens a bundled sample as a document of its own. */
  openSample(name: string): Promise<void>;
  /** Opens a network of the gallery, as it is by default. */
  openTemplate(title: string): Promise<void>;
  saveAs(name: string): Promise<void>;
}

export function createFilesPart(app: RunningApp, command: (title: string) => Promise<void>): FilesPart {
  const { page } = app;
  return {
    async open(name) {
      await app.answerNextDialog(join(app.folder, name));
      await command('Open…');
      if (app.kind === 'electron') return;
      const dialog = page.getByRole('dialog', { name: 'Open', exact: true });
      await dialog.getByRole('button', { name }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    async openSample(name) {
      await command('Open a sample…');
      const dialog = page.getByRole('dialog', { name: 'Open a sample' });
      await dialog.getByRole('button', { name }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    async openTemplate(title) {
      await command('New from a known network…');
      const dialog = page.getByRole('dialog', { name: 'New from a known network' });
      await dialog.getByRole('list', { name: 'Networks' }).getByRole('button', { name: title, exact: true }).click();
      await dialog.getByRole('button', { name: `Open ${title}` }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
    async saveAs(name) {
      await app.answerNextDialog(join(app.folder, name));
      await command('Save as…');
      if (app.kind === 'electron') return;
      const dialog = page.getByRole('dialog', { name: 'Save as' });
      await dialog.getByRole('textbox', { name: 'File name' }).fill(name);
      await dialog.getByRole('button', { name: 'Save', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
    },
  };
}
