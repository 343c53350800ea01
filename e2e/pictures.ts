import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestInfo } from '@playwright/test';
import { root } from './hosts/folders';
import type { RunningApp } from './hosts/runningApp';

/**
 * A picture of the window, attached to the report. With `SKIPWIRE_PICTURES=1` it also becomes the one in the
 * documentation: `docs/images/<name>-<host>.png`.
 */
export async function keepPicture(app: RunningApp, testInfo: TestInfo, name: string): Promise<void> {
  const body = await app.page.screenshot({ animations: 'disabled' });
  await testInfo.attach(`${name} (${app.kind})`, { body, contentType: 'image/png' });
  if (process.env['SKIPWIRE_PICTURES'] !== '1') return;
  const folder = join(root, 'docs', 'images');
  await mkdir(folder, { recursive: true });
  const { default: sharp } = await import('sharp');
  // A palette of 128 colours is a third of the bytes, and nobody sees the difference in a window of flat colours.
  await sharp(body)
    .png({ palette: true, colours: 128, compressionLevel: 9 })
    .toFile(join(folder, `${name}-${app.kind}.png`));
}
