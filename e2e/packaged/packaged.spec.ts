import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCurrentFuseWire, FuseV1Options } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { shades } from '../imageFolder';
import { makeFolders } from '../hosts/folders';
import { packagedBinary, startPackaged } from '../hosts/packagedHost';
import { createWindow } from '../pages/window';

/** `@electron/fuses` writes 0x30 for off and 0x31 for on. */
const OFF = 48;
const ON = 49;

test('the packaged program starts, opens a sample and trains an epoch, also on images of a folder', async () => {
  const folders = await makeFolders();
  const path = await shades(folders.documents);
  await writeFile(join(folders.userData, 'datasets.json'), JSON.stringify([{ id: 'shades', path }]));
  const app = await startPackaged(folders);
  try {
    const window = createWindow(app);
    await window.files.openSample('digits-resnet');
    await window.training.show();
    await window.training.setNumber('Epochs', 1);
    await window.training.train.click();
    await expect(window.training.status).toContainText('Finished', { timeout: 90_000 });
    await window.training.chooseData('shades');
    await window.training.train.click();
    await window.runs.show();
    await expect(window.runs.rows).toHaveCount(2);
    await expect(window.runs.rows.first()).toContainText('Finished', { timeout: 90_000 });
    expect(app.errors).toEqual([]);
  } finally {
    await app.close();
    await folders.remove();
  }
});

test('what an attacker could switch on is fused off', async () => {
  const fuses = await getCurrentFuseWire(packagedBinary ?? '');
  expect({
    runAsNode: fuses[FuseV1Options.RunAsNode],
    cookieEncryption: fuses[FuseV1Options.EnableCookieEncryption],
    nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
    inspect: fuses[FuseV1Options.EnableNodeCliInspectArguments],
    onlyAsar: fuses[FuseV1Options.OnlyLoadAppFromAsar],
    fileProtocol: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges],
  }).toEqual({ runAsNode: OFF, cookieEncryption: ON, nodeOptions: OFF, inspect: OFF, onlyAsar: ON, fileProtocol: OFF });
});
