import { expect, test } from '../fixtures';

test('a network drawn from nothing learns digits', async ({ window }) => {
  await window.welcome.getByRole('button', { name: /Draw from nothing/ }).click();
  await window.page.keyboard.press('Escape');
  for (const layer of ['input', 'flatten', 'dense', 'softmax', 'output']) await window.palette.add(layer);
  await expect(window.canvas.layer('output')).toBeVisible();
  await window.command('Zoom to fit');
  await expect(window.canvas.layers).toHaveCount(5);
  await expect(window.training.train).toHaveAttribute('aria-disabled', 'true');

  await window.canvas.select('input');
  await window.inspector.set('Shape', '8 × 8 × 1');
  await window.canvas.select('dense');
  await window.inspector.set('Units', '10');
  await expect(window.canvas.layer('dense')).toHaveAccessibleName(/output 10/);

  await window.training.show();
  await window.training.chooseData('Handwritten digits, 8×8');
  await window.training.setNumber('Epochs', 3);
  await window.training.train.click();
  await expect(window.training.status).toContainText('Finished', { timeout: 60_000 });

  // One step of undo an intention: three settings and five layers.
  for (let step = 0; step < 10; step++) if ((await window.undoButton.getAttribute('aria-disabled')) !== 'true') await window.undo();
  await expect(window.canvas.layers).toHaveCount(0);
});

test('a layer is dragged from the palette, wired by hand, found by its wire, and removed', async ({ window }) => {
  await window.files.openSample('digits-mlp');
  // The last layer is in view once the whole network was fitted into it.
  await expect(window.canvas.layer('digit')).toBeInViewport({ ratio: 1 });
  await window.palette.drag('batchNormalization', { x: 0.5, y: 0.8 });
  await expect(window.canvas.layer('batchNormalization')).toHaveAccessibleName(/1 problem/);
  await window.canvas.wire('scores', 'batchNormalization');
  await expect(window.canvas.layer('batchNormalization')).toHaveAccessibleName(/output 10/);

  await window.canvas.select('batchNormalization');
  await window.page.keyboard.press('Delete');
  await expect(window.canvas.layer('batchNormalization')).toHaveCount(0);
  await window.undo();
  await expect(window.canvas.layer('batchNormalization')).toHaveAccessibleName(/output 10/);
});

test('a document is saved, changed, and opened again as it was saved', async ({ window }) => {
  await window.files.openSample('digits-mlp');
  await window.files.saveAs('mine.skip.json');
  await expect(window.title).toContainText('mine.skip.json');
  await expect(window.unsaved).toHaveCount(0);

  await window.canvas.select('scores');
  await window.inspector.set('Units', '7');
  await expect(window.unsaved).toBeVisible();
  await window.page.keyboard.press('ControlOrMeta+s');
  await expect(window.unsaved).toHaveCount(0);

  await window.files.openSample('digits-resnet');
  await expect(window.canvas.layer('block1')).toBeVisible();
  await window.files.open('mine.skip.json');
  await expect(window.canvas.layer('scores')).toHaveAccessibleName(/output 7/);
});

test('unsaved changes are back after the window was loaded again', async ({ app, window }) => {
  await window.files.openSample('digits-mlp');
  await window.canvas.select('scores');
  await window.inspector.set('Units', '7');
  await expect(window.page.getByText('Changes kept as a draft')).toBeVisible();
  await app.page.reload();
  await expect(window.canvas.layer('scores')).toHaveAccessibleName(/output 7/);
  await expect(window.unsaved).toBeVisible();
});

test('a block that is kept in the library is offered in the next document, until it is taken out', async ({ window }) => {
  await window.files.openSample('digits-resnet');
  await window.canvas.select('block1');
  await window.command('Keep the block in my library');
  const mine = window.palette.panel.getByRole('button', { name: 'My blocks' });
  await expect(mine).toBeVisible();

  await window.files.openSample('digits-mlp');
  await expect(window.canvas.layer('digit')).toBeVisible();
  const forget = window.palette.panel.getByRole('button', { name: /^Remove .* from my library$/ });
  const name = /^Remove (.*) from my library$/.exec((await forget.getAttribute('aria-label')) ?? '')?.[1] ?? '';
  await window.palette.panel.getByRole('button', { name, exact: true }).last().click();
  await expect(window.canvas.layer(name)).toBeVisible();

  await forget.focus();
  await window.page.keyboard.press('Enter');
  await expect(mine).toHaveCount(0);
  await window.page.getByRole('button', { name: 'Put it back' }).click();
  await expect(mine).toBeVisible();
});
