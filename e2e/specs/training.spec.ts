import { expect, test } from '../fixtures';
import { ring } from '../imageFolder';
import { keepPicture } from '../pictures';

test('a run is paused, goes on and is stopped; what was trained is kept and can be tried', async ({ window }) => {
  await window.files.openSample('digits-resnet');
  await window.training.show();
  await window.training.setNumber('Epochs', 5000);
  await window.training.train.click();
  await expect(window.training.status).toContainText('images/s');

  // What layers give is on the canvas, summed up on a block, and in words in the inspector.
  await window.canvas.select('block2');
  await expect(window.canvas.layer('block2').getByRole('img', { name: /^In training: magnitude .*; inside from / })).toBeVisible();
  await expect(window.inspector.panel.getByRole('region', { name: 'Activity in training' })).toContainText(/of the run that goes on/);

  await window.training.pause.click();
  await expect(window.training.status).toContainText('Paused in epoch');
  const paused = await window.training.progress.getAttribute('aria-valuenow');
  await window.training.goOn.click();
  await expect(window.training.status).toContainText('images/s');
  expect(paused).not.toBeNull();

  await window.training.stop.click();
  await expect(window.training.status).toContainText('Stopped after');
  await expect(window.canvas.layer('block2').getByRole('img', { name: /^In training/ })).toHaveCount(0);
  await expect(window.inspector.panel.getByRole('region', { name: 'Activity in training' })).toContainText('of the last run');
  await window.tryIt.show();
  await window.tryIt.pick(1);
  await expect(window.tryIt.prediction).toContainText('%');
});

test('a drawn digit is recognised, and every layer shows what it made of it', async ({ app, window }, testInfo) => {
  await window.files.openSample('digits-resnet');
  await window.training.show();
  await window.training.train.click();
  await expect(window.training.status).toContainText('Finished', { timeout: 60_000 });

  await window.tryIt.show();
  await window.tryIt.draw([
    [
      [32, 30],
      [40, 17],
      [55, 15],
      [66, 25],
      [64, 40],
      [50, 58],
      [32, 82],
      [70, 82],
    ],
  ]);
  await expect(window.tryIt.prediction).toContainText(/^2/);
  await expect(window.tryIt.activations.getByRole('img')).not.toHaveCount(0);
  await keepPicture(app, testInfo, 'drawn');
  await window.tryIt.activations.getByRole('button', { name: 'conv1', exact: true }).click();
  await expect(window.canvas.layer('conv1')).toHaveClass(/selected/);

  await window.tryIt.clear();
  await expect(window.tryIt.prediction).toHaveCount(0);

  await window.tryIt.giveFile('ring.png', await ring());
  await expect(window.tryIt.prediction).toContainText(/^0/);
  await window.tryIt.giveFile('notes.png', Buffer.from('no picture'));
  await expect(window.tryIt.panel).toContainText('“notes.png” cannot be read as an image');
});

test('settings of the training are the document’s: changed, taken back, and said why they forbid', async ({ app, window }, testInfo) => {
  await window.files.openSample('digits-mlp');
  await window.training.show();
  const epochs = window.training.panel.getByRole('textbox', { name: 'Epochs' });
  const before = await epochs.inputValue();
  await window.training.setNumber('Epochs', 3);
  await expect(window.unsaved).toBeVisible();
  await window.undo();
  await expect(epochs).toHaveValue(before);

  for (const [field, option] of [
    ['Optimizer', 'Nadam'],
    ['Schedule', 'Exponential'],
    ['Loss', 'Mean squared error'],
  ] as const) {
    const was = (await window.training.chosen(field).textContent()) ?? '';
    await window.training.choose(field, option);
    await expect(window.training.chosen(field)).toContainText(option);
    await window.undo();
    await expect(window.training.chosen(field)).toHaveText(was);
  }

  const rate = window.training.panel.getByRole('textbox', { name: 'Learning rate' });
  const rateBefore = await rate.inputValue();
  await window.training.findRate.click();
  await expect(window.training.rates.getByRole('status')).toContainText('The loss falls fastest at', { timeout: 60_000 });
  await keepPicture(app, testInfo, 'rates');
  await window.training.rates.getByRole('button', { name: /^Use / }).click();
  await expect(window.training.rates).toBeHidden();
  await expect(rate).not.toHaveValue(rateBefore);
  await window.undo();
  await expect(rate).toHaveValue(rateBefore);

  await epochs.fill('0');
  await expect(window.training.panel.getByText('0 is too small. At least 1.')).toBeVisible();
});

test('runs are drawn together as they are checked, and the one pointed at is told', async ({ app, window }, testInfo) => {
  await window.files.openSample('digits-mlp');
  await window.training.show();
  await window.training.setNumber('Epochs', 1);
  for (const rate of [0.1, 0.01, 0.001]) {
    await window.training.setNumber('Learning rate', rate);
    await window.training.train.click();
    await expect(window.training.lossChart).toHaveAttribute('aria-label', /validation \d/, { timeout: 60_000 });
    await expect(window.training.status).toContainText('Finished', { timeout: 60_000 });
  }
  await window.runs.show();
  for (const rate of ['0.1', '0.01']) await window.runs.curvesOf(new RegExp(` ${rate} `)).check();
  await window.training.show();
  await expect(window.training.lossChart).toHaveAttribute('aria-label', / 0\.001 .*; .* 0\.01 .*; .* 0\.1 /);
  // In a small window the curves get the room of what one run came to.
  expect((await window.training.lossChart.boundingBox())?.height).toBeGreaterThan(140);
  const legend = window.training.comparedRuns.getByRole('button', { name: / 0\.01$/ });
  await legend.first().focus();
  await keepPicture(app, testInfo, 'compared');
  await legend.first().press('Enter');
  await expect(legend.first()).toHaveAttribute('aria-pressed', 'true');
  await window.training.panel.getByRole('button', { name: 'Compare no more', exact: true }).click();
  await expect(window.training.comparedRuns).toHaveCount(0);
});

test('a run is kept with its document: after a restart of the page its curves are there, and what it mistakes', async ({
  app,
  window,
}, testInfo) => {
  await window.files.openSample('digits-mlp');
  await window.training.show();
  await window.training.setNumber('Epochs', 2);
  await window.files.saveAs('mine.skip.json');
  await expect(window.title).toContainText('mine.skip.json');
  await window.training.train.click();
  await expect(window.training.status).toContainText('Finished', { timeout: 60_000 });

  await app.page.reload();
  await window.files.open('mine.skip.json');
  await window.training.show();
  await expect(window.training.status).toContainText('Finished');
  await window.training.showView('Epochs');
  await expect(window.training.epochRows).toHaveCount(2);

  await window.training.showView('Confusion');
  const hits = window.training.cell(/^3 recognised: \d/);
  await expect(hits).toBeVisible();
  const count = Number((await hits.textContent()) ?? '0');
  await hits.click();
  await expect(window.training.cellImages).toHaveCount(count);
  await hits.press('ArrowRight');
  await expect(window.training.cell(/^3 taken for 4: /)).toBeFocused();
  await keepPicture(app, testInfo, 'confusion');
});
