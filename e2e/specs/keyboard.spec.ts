import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import type { AppWindow } from '../pages/window';

/** Nothing here touches the mouse: what is done is done by `page.keyboard`, what is checked is read. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const focused = (page: Page) => page.locator('*:focus');
const announced = (page: Page) => page.getByRole('log', { name: 'Announcements' });

/** Presses a key until what is wanted has the focus, as a person does who listens. */
async function pressUntil(page: Page, key: string, name: RegExp): Promise<void> {
  for (let count = 0; count < 60; count += 1) {
    if (name.test(await nameInFocus(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} did not lead to ${String(name)}; the focus is at “${await nameInFocus(page)}”.`);
}

const nameInFocus = (page: Page) =>
  page.evaluate(() => {
    const active = document.activeElement;
    return active?.getAttribute('aria-label') ?? active?.textContent ?? '';
  });

async function command(page: Page, title: string): Promise<void> {
  await press(page, 'ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: /command/i })).toBeFocused();
  await page.keyboard.type(title);
  await expect(page.getByRole('option', { name: title }).first()).toHaveAttribute('data-selected', 'true');
  await press(page, 'Enter');
}

async function openSample({ page, dialog, canvas }: AppWindow, name: RegExp): Promise<void> {
  await command(page, 'Open a sample');
  await expect(dialog('Open a sample')).toBeVisible();
  await pressUntil(page, 'Tab', name);
  await press(page, 'Enter');
  await expect(dialog('Open a sample')).toBeHidden();
  await expect(canvas.layers.first()).toBeVisible();
}

/** F6 until a layer has the focus. */
async function toCanvas({ page, canvas }: AppWindow): Promise<void> {
  for (let count = 0; count < 8; count += 1) {
    if (await canvas.surface.locator('.react-flow__node:focus').count()) return;
    await press(page, 'F6');
  }
}

async function add({ page, canvas }: AppWindow, text: string, name: string): Promise<void> {
  await press(page, 'a');
  await expect(page.getByRole('combobox', { name: 'Add a layer' })).toBeFocused();
  await page.keyboard.type(text);
  await press(page, 'Enter');
  await expect(canvas.layer(name)).toBeFocused();
}

test('walks a network along its wires, in reading order, and to ports and wires', async ({ app: { page }, window }) => {
  await press(page, 'ControlOrMeta+k');
  await page.keyboard.type('open a sample');
  await press(page, 'Enter');
  await expect(window.dialog('Open a sample')).toBeVisible();
  await window
    .dialog('Open a sample')
    .getByRole('button', { name: /digits-resnet/ })
    .focus();
  await press(page, 'Enter');
  await expect(window.canvas.layer('conv1')).toBeVisible();

  // The keys are the canvas's as soon as the network is there.
  await expect(window.canvas.surface.locator('*:focus')).toHaveCount(1);
  await expect(announced(page)).toContainText('digits-resnet.skip.json: 10 layers.');
  await press(page, 'ArrowRight');
  await expect(focused(page)).toHaveAccessibleName(/^image, Input, shape 8 by 8 by 1, output 8 by 8 by 1/);
  await press(page, 'F6', 'Shift+F6');
  await expect(focused(page)).toHaveAccessibleName(/^image,/);
  await press(page, 'ArrowRight');
  await expect(focused(page)).toHaveAccessibleName(/^conv1, Conv2D, 16 filters, padding consistent/);
  await expect(window.inspector.field('Filters')).toHaveValue('16');
  await press(page, 'Tab', 'Tab');
  await expect(focused(page)).toHaveAccessibleName(/^block2,/);
  await press(page, 'Shift+Tab', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await expect(focused(page)).toHaveAccessibleName(/^image,/);
  await expect(announced(page)).toContainText('Nothing feeds image.');
  await press(page, 'End');
  await expect(focused(page)).toHaveAccessibleName(/^digit,/);

  await press(page, 'Home', 'ArrowRight', 'p');
  await expect(focused(page)).toHaveAccessibleName('Input x');
  await expect(announced(page)).toContainText('Input x of conv1, from image.');
  await press(page, 'p');
  await expect(focused(page)).toHaveAccessibleName('Wire from image to conv1, 8 by 8 by 1');
  await press(page, 'p', 'p');
  await expect(focused(page)).toHaveAccessibleName('Wire from conv1 to block1, 8 by 8 by 16');
  await press(page, 'ArrowRight');
  await expect(focused(page)).toHaveAccessibleName(/^block1,/);

  await press(page, 'Enter');
  await expect(page.getByRole('navigation', { name: 'Where' })).toContainText('block1');
  await expect(focused(page)).toHaveAccessibleName(/^x, Block input/);
  await press(page, 'Alt+ArrowUp');
  await expect(focused(page)).toHaveAccessibleName(/^block1,/);
  await press(page, 'i');
  await expect(announced(page)).toContainText('from conv1. to block2.');
});

test('journey 1: from the start page to a trained network, a prediction and its activations', async ({ app: { page }, window }) => {
  await expect(window.welcome).toBeVisible();
  await pressUntil(page, 'Tab', /^Train: Digits with a small dense network/);
  await press(page, 'Enter');
  await expect(window.training.lossChart).toHaveAccessibleName(/training \d/, { timeout: 60_000 });
  await press(page, 'ControlOrMeta+.');
  await expect(window.training.status).toContainText(/Stopped|Finished/);
  await command(page, 'Try it on an image');
  await pressUntil(page, 'Tab', /^Test image$/);
  await press(page, 'Enter');
  await pressUntil(page, 'Tab', /^Image 1:/);
  await press(page, 'Enter');
  await expect(window.tryIt.prediction).toContainText('%');
  await expect(window.tryIt.activations).toBeVisible();
});

test('journey 2: a network is drawn from nothing, wired, changed and inserted into', async ({ app: { page }, window }) => {
  await pressUntil(page, 'Tab', /^Draw from nothing$/);
  await press(page, 'Enter', 'Escape');
  await add(window, '28x28x1', 'input');
  await add(window, 'conv 16 same', 'conv2d');
  await expect(window.canvas.layer('conv2d')).toHaveAccessibleName(/^conv2d, Conv2D, 16 filters, padding same, output 28 by 28 by 16/);
  await expect(announced(page)).toContainText('Add conv2d.');
  await add(window, 'relu', 'relu');
  await add(window, 'conv', 'conv2d_2');
  await add(window, 'add', 'add');
  await expect(announced(page)).toContainText(/New problem: .*add/);

  await test.step('C wires to a layer by its name, whichever way round goes', async () => {
    await press(page, 'c');
    await expect(page.getByRole('combobox', { name: 'Connect add to' })).toBeFocused();
    await page.keyboard.type('relu');
    await press(page, 'Enter');
    await expect(window.canvas.layer('add')).toBeFocused();
    await expect(window.canvas.layer('add')).toHaveAccessibleName(/^add, Add, output 28 by 28 by 16/);
    await expect(announced(page)).toContainText(/Wire relu to add\. Problem gone: .*add/);
  });

  await test.step('Enter leads to the values, Escape back', async () => {
    await press(page, 'ArrowLeft', 'Enter');
    await expect(window.inspector.field('Filters')).toBeFocused();
    await page.keyboard.type('32');
    await press(page, 'Enter', 'Escape');
    await expect(window.canvas.layer('conv2d_2')).toBeFocused();
    await expect(window.canvas.layer('conv2d_2')).toHaveAccessibleName(/32 filters/);
    await press(page, 'ControlOrMeta+z');
    await expect(window.canvas.layer('add')).not.toHaveAccessibleName(/problem/);
    await expect(announced(page)).toContainText('Undone: Set filters of conv2d_2.');
  });

  await test.step('a layer is added in a wire, removed and moved along', async () => {
    await press(page, 'p', 'p');
    await expect(focused(page)).toHaveAccessibleName(/^Wire from relu to conv2d_2/);
    await add(window, 'batch', 'batchNormalization');
    await press(page, 'Alt+Shift+ArrowUp');
    await expect(window.canvas.layer('batchNormalization')).toBeFocused();
    await press(page, 'ArrowRight');
    await expect(window.canvas.layer('relu')).toBeFocused();
    await press(page, 'ArrowLeft', 'Delete');
    await expect(window.canvas.layer('batchNormalization')).toHaveCount(0);
    await expect(window.canvas.layer('conv2d')).toBeFocused();
  });

  await test.step('a layer is moved on the canvas, in one step of undo', async () => {
    const place = () => window.canvas.layer('conv2d').evaluate((node) => getComputedStyle(node).transform);
    const before = await place();
    await press(page, 'ControlOrMeta+ArrowDown', 'ControlOrMeta+ArrowDown');
    await expect.poll(place).not.toBe(before);
    await press(page, 'ControlOrMeta+z');
    await expect.poll(place).toBe(before);
  });
});

test('journey 3: a wrong residual add is found, understood and taken back', async ({ app: { page }, window }) => {
  await openSample(window, /digits-resnet/);
  await toCanvas(window);
  await pressUntil(page, 'ArrowRight', /^block1,/);
  await press(page, 'e');
  await pressUntil(page, 'Tab', /^Strides$/);
  await page.keyboard.type('2');
  await press(page, 'Enter');
  await expect(announced(page)).toContainText(/New problem: .*block1/);
  await press(page, 'Escape');
  await expect(window.canvas.layer('block1')).toBeFocused();

  await press(page, 'ControlOrMeta+z');
  await expect(announced(page)).toContainText(/Undone: .*Problem gone/);
  await press(page, 'Enter');
  await pressUntil(page, 'ArrowRight', /^conv2b,/);
  await press(page, 'Enter');
  await pressUntil(page, 'Tab', /^Strides$/);
  await page.keyboard.type('2');
  await press(page, 'Enter');
  await expect(window.canvas.layer('add')).toHaveAccessibleName(/1 problem/);
  await press(page, 'F8');
  const problem = window.problems.rows.filter({ hasText: 'inputs differ in height and width' }).first();
  await expect(problem).toContainText('Both come from block1/shortcut (8×8×16).');
  await expect(problem).toContainText('On the main path block1/conv2b');
  await press(page, 'ControlOrMeta+z');
  await expect(window.canvas.layer('add')).not.toHaveAccessibleName(/problem/);
});

test('the outline reads and edits the whole network', async ({ app: { page }, window }) => {
  await openSample(window, /digits-resnet/);
  await press(page, 'ControlOrMeta+Shift+o');
  const tree = page.getByRole('tree', { name: 'Outline' });
  await expect(tree).toBeFocused();
  const active = async () => page.locator(`[id="${(await tree.getAttribute('aria-activedescendant')) ?? ''}"]`);
  const expectActive = async (name: RegExp) => expect.poll(async () => (await active()).getAttribute('aria-label')).toMatch(name);

  await test.step('reads layers, wires and what is in a block', async () => {
    await press(page, 'Home');
    await expectActive(/^image, Input/);
    await page.keyboard.type('blo');
    await expectActive(/^block1,/);
    await press(page, 'ArrowRight', 'ArrowRight');
    await expectActive(/^Wire from conv1, 8 by 8 by 16$/);
    await page.keyboard.type('conv2b');
    await expectActive(/^conv2b, Conv2D, 16 filters.*output 8 by 8 by 16/);
    await expect(page.getByRole('navigation', { name: 'Where' })).toContainText('block1');
    await press(page, 'ArrowLeft', 'ArrowLeft');
    await expectActive(/^block1,/);
    await press(page, 'ArrowLeft');
    await expect(await active()).toHaveAttribute('aria-expanded', 'false');
  });

  await test.step('renames, duplicates, deletes and moves', async () => {
    await page.keyboard.type('scores');
    await press(page, 'F2');
    await expect(page.getByRole('textbox', { name: 'Name of scores' })).toBeFocused();
    await page.keyboard.type('logits');
    await press(page, 'Enter');
    await expect(tree).toBeFocused();
    await expectActive(/^logits,/);
    await press(page, 'ControlOrMeta+d');
    await expectActive(/^logits_2,/);
    await press(page, 'Delete');
    await expect(tree.getByRole('treeitem', { name: /^logits_2,/ })).toHaveCount(0);
    await page.keyboard.type('logits');
    await press(page, 'Alt+Shift+ArrowUp');
    await expectActive(/^logits,/);
    await press(page, 'ArrowDown');
    await expectActive(/^pool,/);
    await press(page, 'ControlOrMeta+z');
  });

  await test.step('a problem is told in the block and at the layer, values are edited from here', async () => {
    await page.keyboard.type('conv1');
    await press(page, 'Enter');
    await expect(window.inspector.field('Filters')).toBeFocused();
    await page.keyboard.type('12');
    await press(page, 'Enter', 'Escape');
    await expect(tree).toBeFocused();
    await page.keyboard.type('block1');
    await expectActive(/^block1,.*problem/);
    await press(page, 'ControlOrMeta+z');
  });

  await test.step('connects: the wire is removed here, and drawn again', async () => {
    await page.keyboard.type('digit');
    await press(page, 'ArrowRight', 'ArrowRight');
    await expectActive(/^Wire from probabilities/);
    await press(page, 'Delete');
    await page.keyboard.type('digit');
    await expectActive(/^digit, Output, \d problem/);
    await press(page, 'ControlOrMeta+l');
    await expect(page.getByRole('combobox', { name: 'Connect digit to' })).toBeFocused();
    await page.keyboard.type('prob');
    await press(page, 'Enter');
    await expectActive(/^digit, Output/);
    await expect(tree.getByRole('treeitem', { name: /^Wire from probabilities/ })).toBeVisible();
    await expect(tree).toBeFocused();
  });
});

test('what takes the focus away leaves it in the same part of the window, or on the canvas', async ({ window }) => {
  const { page, canvas } = window;
  await openSample(window, /mismatched-add/);
  // Nothing was selected: the canvas itself has the keys.
  await expect(focused(page)).toHaveCount(1);
  await press(page, 'F8');
  await expect(canvas.layer('add2')).toBeFocused();

  await press(page, 'e');
  await expect(window.inspector.panel.locator('*:focus')).toHaveCount(1);
  await press(page, 'ControlOrMeta+Alt+b');
  await expect(canvas.layer('add2')).toBeFocused();
  await press(page, 'ControlOrMeta+Alt+b');

  await press(page, 'n');
  await expect(page.getByRole('textbox', { name: /^Text of the note/ })).toBeFocused();
  await press(page, 'Escape');
  await expect(canvas.surface.locator('*:focus')).toHaveCount(1);

  await pressUntil(page, 'F6', /^Problems/);
  await pressUntil(page, 'Tab', /^Hide the panel/);
  await press(page, 'Enter');
  await expect(canvas.surface.locator('*:focus')).toHaveCount(1);
});
