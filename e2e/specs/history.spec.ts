import { expect, test } from '../fixtures';

test.use({ documents: ['digits-mlp'] });

test('steps are listed, led back to by a press, kept as a branch, and still there after reopening', async ({ app, window }) => {
  const { page, canvas, inspector } = window;
  const units = inspector.field('Units');
  await window.files.open('digits-mlp.skip.json');
  await canvas.select('scores');
  await inspector.set('Units', '11');
  await inspector.set('Units', '12');

  await window.showTab('History');
  const steps = page.getByRole('list', { name: 'History' }).getByRole('button');
  await expect(steps).toHaveCount(3);
  await expect(steps.first()).toHaveAttribute('aria-current', 'step');
  await steps.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(units).toHaveValue('11');

  await inspector.set('Units', '13');
  const branches = page.getByRole('region', { name: 'Other branches' });
  await branches.getByRole('button').click();
  await expect(units).toHaveValue('12');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(window.unsaved).toHaveCount(0);

  await app.page.reload();
  await window.files.open('digits-mlp.skip.json');
  await canvas.select('scores');
  await window.showTab('History');
  await expect(steps).toHaveCount(3);
  await expect(branches.getByRole('button')).toHaveCount(1);
  await window.undo();
  await expect(units).toHaveValue('11');
});

test('an earlier save is told apart, opened as a copy, and restored as one step', async ({ window }) => {
  const { page, canvas, inspector } = window;
  const save = async () => {
    await page.keyboard.press('ControlOrMeta+s');
    await expect(window.unsaved).toHaveCount(0);
  };
  await window.files.open('digits-mlp.skip.json');
  await canvas.select('scores');
  await inspector.set('Units', '11');
  await save();
  await inspector.set('Units', '12');
  await save();

  await window.command('Earlier versions…');
  const dialog = window.dialog('Earlier versions');
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog.getByRole('listitem').first()).toContainText('Changed scores.');
  await dialog
    .getByRole('button', { name: /^Compare/ })
    .last()
    .click();
  const compare = window.dialog('Compare');
  const change = compare.getByRole('button', { name: /Changed.*Dense scores.*units 11 → 12/ });
  await change.focus();
  await page.keyboard.press('Enter');
  await expect(change).toHaveAttribute('aria-pressed', 'true');
  const before = compare.getByRole('application', { name: /^Before: Saved/ });
  await expect(before).toBeVisible();
  // A press on a layer of the picture chooses its change.
  await compare.locator('[data-change]').last().click();
  await expect(change).toHaveAttribute('aria-pressed', 'false');
  await before.locator('[data-node]', { hasText: 'scores' }).click();
  await expect(change).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(compare).toBeHidden();

  await window.command('Earlier versions…');
  await dialog
    .getByRole('button', { name: /^Restore/ })
    .last()
    .click();
  await expect(inspector.field('Units')).toHaveValue('11');
  await expect(window.unsaved).toBeVisible();
  await window.undo();
  await expect(inspector.field('Units')).toHaveValue('12');

  await window.command('Earlier versions…');
  await dialog
    .getByRole('button', { name: /^Open a copy/ })
    .last()
    .click();
  await expect(window.title).toContainText('Copy of');
});
