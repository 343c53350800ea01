import { expect, test } from '../fixtures';

test('a value is an expression, a pair, or refused in words; the label is dragged; each is one step of undo', async ({ window }) => {
  const { inspector, page } = window;
  await window.files.openSample('digits-mlp');
  await window.palette.add('conv2d');
  await expect(inspector.field('Filters')).toHaveValue('32');

  await inspector.set('Filters', '64*2');
  await expect(inspector.field('Filters')).toHaveValue('128');
  await inspector.set('Kernel size', '3, 5');
  await expect(inspector.field('Kernel size')).toHaveValue('3×5');
  await inspector.set('Kernel size', '5x5');
  await expect(inspector.field('Kernel size')).toHaveValue('5');

  await inspector.set('Filters', '70000');
  await expect(inspector.panel).toContainText('70000 is too large. At most 65536.');
  await page.keyboard.press('Escape');
  await expect(inspector.field('Filters')).toHaveValue('128');

  await inspector.scrub('Filters', 40);
  await expect(inspector.field('Filters')).toHaveValue('138');
  await window.undo();
  await expect(inspector.field('Filters')).toHaveValue('128');
  await window.undo();
  await expect(inspector.field('Kernel size')).toHaveValue('3×5');
});

test('two layers are set at once, in one step of undo, and what it changed is told', async ({ window }) => {
  const { canvas, inspector, page } = window;
  await window.files.openSample('digits-mlp');
  await window.palette.add('conv2d');
  await inspector.set('Filters', '16');
  await window.palette.add('conv2d');
  await expect(canvas.layer('conv2d_2')).toBeVisible();
  await canvas.layer('conv2d').click({ modifiers: ['ControlOrMeta'] });

  await expect(inspector.panel).toContainText('2 Conv2D');
  await expect(inspector.field('Filters')).toHaveAttribute('placeholder', 'Mixed');
  await expect(inspector.field('Kernel size')).toHaveValue('3');
  await inspector.set('Filters', '48');
  await expect(inspector.field('Filters')).toHaveValue('48');
  await window.undo();
  await expect(inspector.field('Filters')).toHaveValue('');

  await canvas.select('scores');
  await inspector.set('Units', '7');
  await expect(page.getByRole('region', { name: 'What the last change did' })).toContainText(/Output\s*10\s*7/);

  for (const [name, filters] of [
    ['conv2d', '16'],
    ['conv2d_2', '32'],
  ] as const) {
    await canvas.select(name);
    await expect(inspector.field('Filters')).toHaveValue(filters);
  }
});
