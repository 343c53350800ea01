import { join } from 'node:path';
import { expect, test } from '../fixtures';
import { filesBelow } from '../hosts/folders';
import { keepPicture } from '../pictures';

test.use({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });

test('a newcomer’s seven first steps', async ({ app, window }, testInfo) => {
  await test.step('1 start', async () => {
    await expect(window.welcome).toBeVisible();
    await expect(window.training.train).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('2 open the sample', async () => {
    await window.welcome.getByRole('button', { name: /digits-resnet/ }).click();
    await expect(window.canvas.layer('conv1')).toBeVisible();
    await expect(window.canvas.layer('block2')).toHaveAccessibleName(/output 4 by 4 by 32/);
    await expect(window.training.train).not.toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('3 break an add', async () => {
    await window.canvas.openBlock('block1');
    await expect(window.canvas.layer('conv2b')).toBeVisible();
    await window.canvas.select('conv2b');
    await window.inspector.set('Strides', '2');
  });

  await test.step('4 see the flag', async () => {
    await expect(window.canvas.layer('add')).toHaveAccessibleName(/1 problem/);
    await expect(window.training.train).toHaveAttribute('aria-disabled', 'true');
    await window.problems.show();
    const problem = await window.problems.open('inputs differ in height and width');
    await expect(problem).toContainText('Both come from block1/shortcut (8×8×16).');
    await expect(problem).toContainText('On the main path block1/conv2b (3×3 · 16 · /2) makes it 4×4×16.');
    await expect(problem.getByRole('row', { name: /main · block1\/conv2b 4 4 16/ })).toBeVisible();
    await expect(problem.getByRole('row', { name: /shortcut · block1\/shortcut 8 8 16/ })).toBeVisible();
    await keepPicture(app, testInfo, 'mismatch');
  });

  await test.step('5 undo', async () => {
    await window.undo();
    await expect(window.canvas.layer('add')).not.toHaveAccessibleName(/problem/);
    await expect(window.problems.none).toBeVisible();
    await expect(window.training.train).not.toHaveAttribute('aria-disabled', 'true');
    await window.command('Leave the block');
  });

  await test.step('6 train', async () => {
    await window.training.train.click();
    await expect(window.training.lossChart).toHaveAccessibleName(/training \d/);
    await expect(window.training.status).toContainText('Finished', { timeout: 60_000 });
    await expect(window.training.panel).toContainText(/9\d\.\d\s%\s*test accuracy/);
    await keepPicture(app, testInfo, 'trained');
  });

  await test.step('7 take it away', async () => {
    await window.exporting.run('TensorFlow.js', 'digits-tfjs');
    await expect(window.exporting.done).toContainText(
      /(Largest difference [\d.]+·10⁻[⁶⁷⁸⁹¹]\S*|No difference) over 32 samples, read by .+ just now/,
    );
    await window.exporting.close();
    await window.exporting.run('SavedModel', 'digits-savedmodel');
    await expect(window.exporting.done).toContainText('over 32 samples');
    await window.exporting.close();
    expect(await filesBelow(join(app.folder, 'digits-tfjs'))).toEqual(expect.arrayContaining(['README.md', 'model.json']));
    expect(await filesBelow(join(app.folder, 'digits-savedmodel'))).toEqual(expect.arrayContaining(['README.md', 'saved_model.pb']));
  });

  expect(app.errors).toEqual([]);
});
