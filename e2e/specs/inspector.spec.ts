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
  // It has the habit of the first one, until it is given its own.
  await expect(inspector.field('Filters')).toHaveValue('16');
  await inspector.set('Filters', '32');
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

test('numbers are stepped, doubled and slid; what differs from its default goes back; cards explain', async ({ window }) => {
  const { canvas, inspector, page } = window;
  await window.files.openSample('digits-mlp');
  await window.palette.add('conv2d');
  const filters = inspector.field('Filters');
  await filters.press('ArrowUp');
  await expect(filters).toHaveValue('33');
  for (const power of ['64', '128']) {
    await filters.press('Alt+ArrowUp');
    await expect(filters).toHaveValue(power);
  }
  await filters.hover();
  await inspector.panel.getByRole('button', { name: 'More Filters' }).click();
  await expect(filters).toHaveValue('129');
  const reset = inspector.panel.getByRole('button', { name: 'Reset Filters to 32' });
  await reset.click();
  await expect(filters).toHaveValue('32');
  await expect(reset).toHaveCount(0);

  await inspector.panel.locator('label', { hasText: 'Filters' }).hover();
  await expect(page.getByText('out_channels')).toBeVisible();
  await expect(page.getByText('1 to 65,536 channels')).toBeVisible();
  await inspector.panel.getByRole('button', { name: 'What Conv2D does' }).click();
  const docs = page.getByRole('dialog', { name: 'What Conv2D does' });
  await expect(docs).toContainText('y = Σ x · kernel + bias');
  await expect(docs).toContainText('PyTorch: nn.Conv2d');
  await page.keyboard.press('Escape');

  await canvas.select('dropout');
  await inspector.panel.getByRole('slider', { name: 'Rate, slider' }).fill('0.25');
  await expect(inspector.field('Rate')).toHaveValue('0.25');
  await expect(canvas.layer('dropout')).toHaveAccessibleName(/0\.25/);
});
