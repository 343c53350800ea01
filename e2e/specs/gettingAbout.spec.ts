import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures';

test('finds layers by kind and shape, goes from one to the next, and leaves', async ({ app: { page }, window }) => {
  await window.files.openSample('digits-resnet');
  await page.keyboard.press('ControlOrMeta+f');
  const field = page.getByRole('textbox', { name: 'Find in the network' });
  await field.fill('conv 4×4×*');
  const bar = page.getByRole('search', { name: 'Find' });
  await expect(bar.getByRole('status')).toHaveText('4 matches');
  await field.press('Enter');
  await expect(bar.getByRole('status')).toHaveText('1 of 4');
  await expect(page.getByRole('navigation', { name: 'Where' })).toContainText('block2');
  await page.keyboard.press('F3');
  await expect(bar.getByRole('status')).toHaveText('2 of 4');
  await page.keyboard.press('Shift+F3');
  await page.keyboard.press('Shift+F3');
  await expect(bar.getByRole('status')).toHaveText('4 of 4');
  await page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
});

test('goes to a layer by its name, and back and forward through places', async ({ app: { page }, window }) => {
  await window.files.openSample('digits-resnet');
  const where = page.getByRole('navigation', { name: 'Where' });
  // The palette has the keys at once: letters that are typed before the next frame are no shortcuts of the canvas.
  const heir = await page.evaluate(() => {
    const isMac = navigator.platform.startsWith('Mac');
    const press = new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: !isMac, metaKey: isMac, bubbles: true });
    (document.activeElement ?? document.body).dispatchEvent(press);
    return Promise.resolve().then(() => document.activeElement?.getAttribute('role'));
  });
  expect(heir).toBe('combobox');
  await page.keyboard.press('Escape');
  const goTo = async (name: string) => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: /command/i }).fill(`@${name}`);
    await page.keyboard.press('Enter');
  };
  await goTo('block2/conv2a');
  await expect(where).toContainText('block2');
  await goTo('block3/conv2b');
  await expect(where).toContainText('block3');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(where).toContainText('block2');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(where).toBeHidden();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(where).toContainText('block2');

  await window.command('Bookmark this place');
  await page.keyboard.press('Alt+ArrowLeft');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: /command/i }).fill('conv2a bookmark');
  await page.getByRole('option', { name: /Bookmark$/ }).click();
  await expect(where).toContainText('block2');
});

test('fans a stack out, goes along its copies and into one, and makes a picture of the network', async ({
  app: { page, kind },
  window,
}) => {
  await window.files.openTemplate('ResNet (pre-activation)');
  // The residual stream runs through the stages, whose insides are not drawn.
  const ribbons = page.locator('.ribbons path');
  await window.command('Ribbons along residual streams');
  await expect(ribbons).toHaveCount(3);
  await window.command('Ribbons along residual streams');
  await expect(ribbons).toHaveCount(0);

  await window.canvas.fanOut('stage2');
  const copies = window.canvas.copies('stage2');
  await expect(copies).toHaveCount(4);
  await expect(copies.first()).toHaveAccessibleName(/^Copy 1 of stage2: 56×56×256 → 28×28×512$/);
  await page.keyboard.press('ArrowDown');
  await expect(copies.nth(1)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(copies).toHaveCount(0);
  await expect(window.canvas.layer('stage2')).toBeFocused();

  await window.command('Export a picture…');
  const dialog = window.dialog('Export a picture');
  await expect(dialog.getByRole('img', { name: 'As it will be' })).toBeVisible();
  await dialog.getByRole('radio', { name: 'PNG' }).check({ force: true });
  await dialog.getByRole('radio', { name: '1×' }).check({ force: true });
  await dialog.getByRole('radio', { name: 'SVG' }).check({ force: true });
  // In a browser it is a download; the desktop's system would ask where it goes.
  if (kind === 'web') {
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export SVG' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.svg$/);
    expect(await readFile(await file.path(), 'utf8')).toContain('>stage2</text>');
  } else await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  await window.canvas.fanOut('stage2');
  await page.keyboard.press('End');
  await expect(copies.nth(3)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Where' })).toContainText('stage2');
});

test('sorts the table of costs, goes to the dearest layer by keyboard, and colours the canvas', async ({ app: { page }, window }) => {
  await window.files.openSample('digits-resnet');
  await window.showTab('Cost');
  const table = page.getByRole('table', { name: 'Cost of layers' });
  await table.getByRole('button', { name: 'parameters' }).click();
  await expect(table.getByRole('columnheader', { name: 'parameters' })).toHaveAttribute('aria-sort', 'descending');
  const first = table.getByRole('button', { name: 'block2/conv2b' });
  await first.focus();
  await first.press('ArrowDown');
  const second = table.getByRole('button', { name: 'block3/conv2a' });
  await expect(second).toBeFocused();
  await second.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Where' })).toContainText('block3');
  await expect(window.inspector.panel).toContainText('conv2a');

  await window.command('Heat map of cost');
  await expect(page.getByRole('region', { name: 'Heat map' })).toContainText('147,456');
  await expect(window.canvas.layer('conv2a')).toContainText('147,456');
  await page.getByRole('button', { name: 'Heat map off' }).click();
  await expect(window.canvas.layer('conv2a')).not.toContainText('147,456');
});

test('changes a shortcut, names who has it, and shows it in the menu', async ({ app: { page }, window }) => {
  await window.files.openSample('digits-mlp');
  await window.command('Keyboard shortcuts');
  const dialog = window.dialog('Keyboard shortcuts');
  await dialog.getByRole('textbox', { name: 'Search shortcuts' }).fill('select all');
  await dialog.getByRole('button', { name: /^Change the keys of Select all/ }).click();
  await dialog.getByRole('textbox', { name: 'New keys of Select all' }).press('ControlOrMeta+d');
  await expect(dialog.getByRole('status')).toContainText('is already “Duplicate”');
  await dialog.getByRole('textbox', { name: 'New keys of Select all' }).press('ControlOrMeta+Shift+e');
  await expect(dialog.getByRole('status')).toContainText('is free');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();

  await page.keyboard.press('ControlOrMeta+Shift+e');
  await expect(window.inspector.panel).toContainText('layers');
  await window.toolbar.getByRole('menuitem', { name: 'Edit' }).click();
  await expect(page.getByRole('menuitem', { name: /^Select all/ })).toContainText('Shift');
});

test('trains on real digits with one press on the start page', async ({ window }) => {
  await window.welcome.getByRole('button', { name: 'Train: Digits with a small dense network' }).click();
  await expect(window.training.status).toContainText(/Finished|left/, { timeout: 60_000 });
  await expect(window.training.lossChart).toBeVisible();
});

test('shows five parts of the real editor in a tour that can be left', async ({ app: { page }, window }) => {
  await window.welcome.getByRole('button', { name: /Take the tour/ }).click();
  for (const step of [1, 2, 3, 4, 5]) {
    await expect(window.dialog(`Tour, step ${step} of 5`)).toBeVisible();
    await page.keyboard.press('Enter');
  }
  await expect(window.dialog(/^Tour/)).toBeHidden();
  await window.command('Take the tour');
  await expect(window.dialog(/^Tour, step 1/)).toBeVisible();
  await expect(window.dialog(/^Tour, step 1/).getByRole('button', { name: 'Next' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(window.dialog(/^Tour/)).toBeHidden();
});
