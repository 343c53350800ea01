import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { actsIn, createActor, type Actor } from '../acts';
import { expect, test } from '../fixtures';
import { root } from '../hosts/folders';
import type { AppWindow } from '../pages/window';

test.use({ viewport: { width: 1440, height: 900 } });

/** An empty canvas with the way to it: the start page is left as anybody leaves it. */
async function empty(window: AppWindow): Promise<void> {
  await window.welcome.getByRole('button', { name: /Draw from nothing/ }).click();
  await window.page.keyboard.press('Escape');
  await expect(window.welcome).toBeHidden();
}

const item = (window: AppWindow, layer: string) => window.palette.panel.getByRole('button', { name: layer, exact: true });

/** The layer is selected once it was added: only then the next one is wired to it. */
async function added(window: AppWindow, name: string): Promise<void> {
  await expect(window.inspector.panel.getByRole('heading', { name, exact: true })).toBeAttached();
}

async function addByMouse(window: AppWindow, actor: Actor, layer: string, name = layer): Promise<void> {
  await actor.click(item(window, layer));
  await added(window, name);
}

async function addByKeys(window: AppWindow, actor: Actor, text: string, name: string): Promise<void> {
  await actor.press('a');
  await expect(window.page.getByRole('combobox', { name: 'Add a layer' })).toBeFocused();
  await actor.type(text);
  await actor.press('Enter');
  await expect(window.canvas.layer(name)).toBeFocused();
}

async function expectBlock(window: AppWindow): Promise<void> {
  // What is out of view is not drawn.
  await window.command('Zoom to fit');
  await expect(window.canvas.layer('add')).toHaveAccessibleName(/output 28 by 28 by 128/);
  await expect(window.canvas.layer('conv2d')).toHaveAccessibleName(/128 filters, strides 2, padding consistent.*output 28 by 28 by 128/);
  await expect(window.canvas.layer('shortcut')).toHaveAccessibleName(/128 filters, strides 2, output 56 by 56 by 64 and 28 by 28 by 128$/);
}

async function within(actor: Actor, budget: number, what: string): Promise<void> {
  const acts = await actor.acts();
  const told = `${what}: ${actsIn(acts)} acts (${acts.clicks} clicks, ${acts.drags} drags, ${acts.keys} keys; ${acts.scrolls} turns of the wheel)`;
  console.log(told);
  test.info().annotations.push({ type: 'acts', description: told });
  expect(actsIn(acts), told).toBeLessThanOrEqual(budget);
  // The documentation says what is measured.
  expect(await readFile(join(root, 'docs', 'editor.md'), 'utf8')).toContain(`| ${what} | ${actsIn(acts)} | ${budget} |`);
}

test('a residual block with a projection, layer by layer, by mouse', async ({ window }) => {
  await empty(window);
  const actor = await createActor(window.page);
  await addByMouse(window, actor, 'input');
  await actor.click(window.inspector.field('Shape'));
  await actor.type('56x56x64');
  await addByMouse(window, actor, 'shortcut');
  await actor.click(window.inspector.field('Filters'));
  await actor.type('128');
  await actor.click(window.inspector.field('Strides'));
  await actor.type('2');
  await addByMouse(window, actor, 'conv2d');
  await addByMouse(window, actor, 'preActivation');
  await addByMouse(window, actor, 'conv2d', 'conv2d_2');
  await addByMouse(window, actor, 'add');
  await within(actor, 30, 'Pre-activation residual block of 56×56×64, stride 2, 128 filters, projection, from an empty canvas, by mouse');
  await expectBlock(window);
});

test('a residual block with a projection, layer by layer, by keyboard alone', async ({ window }) => {
  await empty(window);
  const actor = await createActor(window.page);
  await addByKeys(window, actor, '56x56x64', 'input');
  await addByKeys(window, actor, 'sh128/2', 'shortcut');
  await addByKeys(window, actor, 'co', 'conv2d');
  await addByKeys(window, actor, 'prea', 'preActivation');
  await addByKeys(window, actor, 'co', 'conv2d_2');
  await addByKeys(window, actor, 'add', 'add');
  await within(actor, 40, 'The same by keyboard alone');
  await expectBlock(window);
});

test('a residual block from the palette', async ({ window }) => {
  await empty(window);
  const all = await createActor(window.page);
  await addByMouse(window, all, 'input');
  await all.click(window.inspector.field('Shape'));
  await all.type('56x56x64');
  const actor = await createActor(window.page);
  await addByMouse(window, actor, 'residual');
  await actor.click(window.inspector.field('Filters'));
  await actor.type('128');
  await actor.click(window.inspector.field('Strides'));
  await actor.type('2');
  await actor.click(window.inspector.panel.getByRole('switch', { name: 'Project' }));
  await within(actor, 8, 'The same as a block from the palette, behind its input');
  await expect(window.canvas.layer('residual')).toHaveAccessibleName(/output 28 by 28 by 128/);
});

test('a small network with a skip, by mouse', async ({ window }) => {
  await empty(window);
  const actor = await createActor(window.page);
  for (const layer of ['input', 'conv2d']) await addByMouse(window, actor, layer);
  await actor.click(window.inspector.panel.getByRole('combobox', { name: 'Padding' }));
  await actor.click(window.page.getByRole('option', { name: 'same' }));
  for (const layer of ['batchNormalization', 'relu']) await addByMouse(window, actor, layer);
  await addByMouse(window, actor, 'conv2d', 'conv2d_2');
  await addByMouse(window, actor, 'add');
  await actor.click(window.canvas.layer('relu').locator('.source'));
  for (const layer of ['flatten', 'dense', 'output']) await addByMouse(window, actor, layer);
  await within(actor, 14, 'input → conv → BN → relu → conv → add with skip → flatten → dense → output, from an empty canvas, by mouse');
  await expect(window.canvas.layer('dense')).toHaveAccessibleName(/output 64/);
  await window.command('Zoom to fit');
  await expect(window.canvas.layers).toHaveCount(9);
  await expect(window.canvas.surface.locator('.layer[data-problem="error"]')).toHaveCount(0);
});

test('the first training on real digits', async ({ window }) => {
  await expect(window.welcome).toBeVisible();
  const actor = await createActor(window.page);
  await actor.click(window.welcome.getByRole('button', { name: 'Train: Digits with a small dense network' }));
  await within(actor, 2, 'First training on real digits, from the start page');
  await expect(window.training.lossChart).toHaveAccessibleName(/training \d/, { timeout: 60_000 });
});
