import { expect, test } from '../fixtures';

test('an engine that is killed while it trains leaves the app alive, is named, and can train again', async ({ app, window }) => {
  await window.files.openSample('digits-resnet');
  await window.training.show();
  await window.training.setNumber('Epochs', 5000);
  await window.training.train.click();
  await expect(window.training.status).toContainText('images/s');

  const [engine] = await app.enginePids();
  expect(engine).toBeDefined();
  process.kill(engine as number, 'SIGKILL');

  await expect(window.training.failure).toContainText(/engine/i);
  await expect(window.training.status).toContainText('Failed after');

  // Alive: the network can still be edited, and the edit taken back.
  await window.training.setNumber('Epochs', 2);
  await expect(window.toolbar.getByRole('button', { name: 'Undo' })).not.toHaveAttribute('aria-disabled', 'true');

  await window.training.train.click();
  await expect(window.training.status).toContainText('Finished', { timeout: 60_000 });
  await expect(window.training.panel).toContainText('test accuracy');
  await window.runs.show();
  await expect(window.runs.rows).toHaveCount(2);
  await expect(window.runs.rows.nth(0)).toContainText('Finished');
  await expect(window.runs.rows.nth(1)).toContainText('Failed');
});
