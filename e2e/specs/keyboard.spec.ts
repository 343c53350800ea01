import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';

/** Nothing here touches the mouse: what is done is done by `page.keyboard`, what is checked is read. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const focused = (page: Page) => page.locator('*:focus');

test('walks a network along its wires, in reading order, and to ports and wires', async ({ app: { page }, window }) => {
  await press(page, 'ControlOrMeta+k');
  await page.keyboard.type('open a sample');
  await press(page, 'Enter');
  await expect(window.dialog('Open a sample')).toBeVisible();
  await window
    .dialog('Open a sample')
    .getByRole('button', { name: /digits-resnet/ })
    .focus();
  await press(page, 'Enter');
  await expect(window.canvas.layer('conv1')).toBeVisible();

  await press(page, 'F6', 'F6', 'F6');
  await expect(focused(page)).toHaveAccessibleName(/^image, Input, shape 8 by 8 by 1, output 8 by 8 by 1$/);
  await press(page, 'ArrowRight');
  await expect(focused(page)).toHaveAccessibleName(/^conv1, Conv2D, 16 filters, padding consistent/);
  await expect(window.inspector.field('Filters')).toHaveValue('16');
  await press(page, 'Tab', 'Tab');
  await expect(focused(page)).toHaveAccessibleName(/^block2,/);
  await press(page, 'Shift+Tab', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await expect(focused(page)).toHaveAccessibleName(/^image,/);
  await expect(page.getByRole('log', { name: 'Announcements' })).toContainText('Nothing feeds image.');
  await press(page, 'End');
  await expect(focused(page)).toHaveAccessibleName(/^digit,/);

  await press(page, 'Home', 'ArrowRight', 'p');
  await expect(focused(page)).toHaveAccessibleName('Input x');
  await expect(page.getByRole('log', { name: 'Announcements' })).toContainText('Input x of conv1, from image.');
  await press(page, 'p');
  await expect(focused(page)).toHaveAccessibleName('Wire from image to conv1, 8 by 8 by 1');
  await press(page, 'p', 'p');
  await expect(focused(page)).toHaveAccessibleName('Wire from conv1 to block1, 8 by 8 by 16');
  await press(page, 'ArrowRight');
  await expect(focused(page)).toHaveAccessibleName(/^block1,/);

  await press(page, 'Enter');
  await expect(page.getByRole('navigation', { name: 'Where' })).toContainText('block1');
  await expect(focused(page)).toHaveAccessibleName(/^x, Block input/);
  await press(page, 'Alt+ArrowUp');
  await expect(focused(page)).toHaveAccessibleName(/^block1,/);
  await press(page, 'i');
  await expect(page.getByRole('log', { name: 'Announcements' })).toContainText('from conv1. to block2.');
});
