import { expect, test } from '../fixtures';
import { keepPicture } from '../pictures';

test.use({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', documents: ['mismatched-add'] });

test('a mismatched add is mended by keyboard alone, previewed first, as one step of undo', async ({ app, window }, testInfo) => {
  const { page } = window;
  await window.command('Open a sample…');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /mismatched-add/ })
    .click();
  await expect(window.canvas.layer('add2')).toHaveAccessibleName(/1 problem/);
  const repairs = page.getByRole('list', { name: 'Repairs' });

  await test.step('Ctrl+. opens the repairs with the first in focus, which the canvas previews', async () => {
    await page.keyboard.press('ControlOrMeta+.');
    const first = repairs.getByRole('button').first();
    await expect(first).toBeFocused();
    await expect(first).toContainText('Project the shortcut: shortcut1 with 128 filters, strides 2');
    await expect(first).toContainText('+8,192 parameters');
    await expect(window.canvas.layer('add2')).toHaveAccessibleName(/output 28 by 28 by 128/);
    await expect(window.canvas.layer('shortcut1')).toContainText('changed');
    await expect(window.undoButton).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('arrows lead to the others, with ghosts of new layers', async () => {
    await page.keyboard.press('ArrowDown');
    await expect(window.canvas.layer('projection')).toContainText('new');
    await keepPicture(app, testInfo, 'repair');
    await page.keyboard.press('ArrowUp');
    await expect(window.canvas.layer('projection')).toHaveCount(0);
  });

  await test.step('Enter mends, and one undo takes it back', async () => {
    await page.keyboard.press('Enter');
    await expect(window.problems.none).toBeVisible();
    await expect(
      page.getByRole('log', { name: 'Announcements' }).getByText(/^Repaired: Project the shortcut.*No problems are left\.$/),
    ).toBeAttached();
    await window.undo();
    await expect(window.canvas.layer('add2')).toHaveAccessibleName(/1 problem/);
  });

  await test.step('the mouse previews and mends as well', async () => {
    await window.problems.show();
    await window.problems.open('inputs differ');
    const option = repairs.getByRole('button', { name: /No parameters: average-pool 2/ });
    await option.hover();
    await expect(window.canvas.layer('shortcut_zeros')).toContainText('new');
    await option.click();
    await expect(window.problems.none).toBeVisible();
    await expect(window.canvas.layer('shortcut_zeros')).toHaveAccessibleName(/output 28 by 28 by 128/);
  });

  expect(app.errors).toEqual([]);
});
