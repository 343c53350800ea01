import { expect, test } from '../fixtures';

const LENET = `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = torch.flatten(x, 1)
        return self.fc2(F.relu(self.fc1(x)))
`;

test('code of PyTorch and Keras is offered as layers; Enter inserts it as one step, Escape leaves', async ({ window }) => {
  const { page, canvas, clipboard } = window;
  await window.welcome.getByRole('button', { name: /Draw from nothing/ }).click();
  await page.keyboard.press('Escape');

  await clipboard.paste(LENET);
  const offer = window.dialog(/layers from PyTorch/);
  await expect(offer).toContainText('10 layers from PyTorch');
  await expect(offer).toContainText('an input of 32×32×1, which follows from the code');
  await page.keyboard.press('Escape');
  await expect(offer).toBeHidden();
  await expect(canvas.layers).toHaveCount(0);

  await clipboard.paste(LENET);
  await expect(offer.getByRole('button', { name: 'Insert' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(canvas.layers).toHaveCount(12);
  await expect(canvas.layer('conv2')).toHaveAccessibleName(/16 filters, kernel size 5 by 5, output 10 by 10 by 16/);
  await window.undo();
  await expect(canvas.layers).toHaveCount(0);
  await window.redo();

  // Wired to what is selected; what is not known is told by its name, and stands there as a placeholder.
  await canvas.select('fc2');
  await clipboard.paste('nn.Sequential(\n  nn.Linear(12, 8),\n  nn.Somewhere(3),\n)');
  await expect(offer).toContainText('Wired to “fc2”');
  await expect(offer).toContainText('Line 3: Somewhere is not known here');
  await expect(offer).toContainText('Line 2: “dense” expects 12 features and receives 10');
  await page.keyboard.press('Enter');
  await expect(canvas.layer('dense')).toHaveAccessibleName(/output 8/);
  await expect(canvas.layer('Somewhere')).toBeVisible();

  await clipboard.paste('nn.Sequential(\n  nn.Linear(12, 8),\n  nn.ReLU(,\n)');
  await expect(window.dialog('This code cannot be read')).toContainText('Line 3: Expected a value, received “,”.');
  await page.keyboard.press('Escape');
  await clipboard.paste('Dear Ada, see you (soon).');
  await expect(page.getByText('neither layers nor code of a network')).toBeVisible();
});

test('layers are cut, pasted, and leave as JSON that any editor holds', async ({ window }) => {
  const { page, canvas, clipboard } = window;
  await window.files.openSample('digits-mlp');
  const before = await canvas.layers.count();
  await canvas.select('scores');
  const text = await clipboard.copied('copy');
  expect(JSON.parse(text)).toMatchObject({ format: 'skipwire', graph: { nodes: [{ name: 'scores', type: 'dense' }] } });
  await clipboard.paste(text.replaceAll('"scores"', '"logits"'));
  await expect(canvas.layer('logits')).toBeVisible();
  await clipboard.paste(text);
  await expect(canvas.layer('scores_2')).toBeVisible();
  // What lies outside of the view is not drawn.
  await window.command('Zoom to fit');
  await expect(canvas.layers).toHaveCount(before + 2);

  expect(await clipboard.copied('cut')).toContain('scores_2');
  await expect(canvas.layer('scores_2')).toHaveCount(0);
  await clipboard.paste('{"format": "skipwire", "version": 1');
  await expect(page.getByText('This JSON holds no layers.')).toBeVisible();
  await window.undo();
  await expect(canvas.layer('scores_2')).toBeVisible();

  // In a field the keys are the field's own.
  await canvas.select('scores');
  await window.inspector.field('Units').press('ControlOrMeta+c');
  await window.inspector.field('Units').press('ControlOrMeta+v');
  await expect(canvas.layers).toHaveCount(before + 2);
});
