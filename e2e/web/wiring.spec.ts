import { expect, test } from '../fixtures';
import { withFingers } from '../pages/fingers';
import { sketchOf } from '../pages/sketch';
import type { AppWindow } from '../pages/window';

/** A document as text: what the clipboard of this program holds. Layers by name: type, place, parameters. */
function sketch(
  layers: Readonly<Record<string, readonly [type: string, x: number, y: number, params?: object]>>,
  wires: readonly string[],
): string {
  const end = (text = '', port: string): readonly [string, string] => [text.split(':')[0] ?? '', text.split(':')[1] ?? port];
  return sketchOf(
    Object.entries(layers).map(([id, [type, x, y, params = {}]]) => ({ id, type, params, position: [x, y] })),
    wires.map((wire) => wire.split(' → ')).map(([from, to]) => ({ from: end(from, 'y'), to: end(to, 'x') })),
  );
}

async function openSketch(window: AppWindow, text: string): Promise<void> {
  await window.welcome.getByRole('button', { name: /Draw from nothing/ }).click();
  await window.page.keyboard.press('Escape');
  await window.clipboard.paste(text);
  await expect(window.canvas.layers.first()).toBeVisible();
  await window.command('Zoom to 100 %');
  await window.command('Zoom to fit');
  await window.page.keyboard.press('Escape');
}

const CHAIN = sketch(
  {
    image: ['input', 0, 0, { shape: [8, 8, 4] }],
    conv: ['conv2d', 240, 0, { filters: 4, padding: 'same' }],
    relu: ['relu', 480, 0],
    flatten: ['flatten', 720, 0],
    spare: ['add', 480, 200],
    free: ['tanh', 720, 200],
  },
  ['image → conv', 'conv → relu', 'relu → flatten', 'conv → spare:inputs.0'],
);

test('layers are wired by selection, clicks, drops and keys; what is taken out heals', async ({ window }) => {
  const { canvas, palette, page } = window;
  await openSketch(window, CHAIN);
  await expect(canvas.wires).toHaveCount(4);

  // Added while another one is selected: wired to it, selected, on top of nothing.
  await canvas.select('flatten');
  await palette.add('dense');
  await expect(canvas.layer('dense')).toHaveAccessibleName(/output 64/);
  await expect(canvas.selected).toHaveCount(1);
  await expect(window.inspector.panel.getByRole('heading', { name: 'dense' })).toBeAttached();
  const boxes = await Promise.all((await canvas.layers.all()).map((layer) => layer.boundingBox()));
  for (const [index, a] of boxes.entries())
    for (const b of boxes.slice(index + 1))
      expect(a && b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false);

  // A click on a free port; W and a click on a layer.
  await window.command('Zoom to fit');
  await canvas.select('relu');
  await canvas.port('spare', 'Input inputs 2').click();
  await expect(canvas.layer('spare')).toHaveAccessibleName(/output 8 by 8 by 4/);
  await canvas.select('spare');
  await page.keyboard.press('w');
  await canvas.layer('free').click();
  await expect(canvas.layer('free')).toHaveAccessibleName(/output 8 by 8 by 4/);
  await expect(canvas.wires).toHaveCount(7);

  // Onto the empty canvas: what fits, each with the shape that it would give, problems last.
  const start = await canvas.middle(canvas.port('free', 'Output y'));
  await canvas.drag(start, { x: start.x + 60, y: start.y + 90 });
  const search = page.getByRole('combobox', { name: 'Add a layer' });
  await expect(search).toBeFocused();
  await expect(page.getByRole('option').first()).toContainText('ends the path');
  await expect(page.getByRole('option').nth(1)).toContainText('→ ');
  await search.fill('r');
  await expect(page.getByRole('option').first()).toBeInViewport();
  await search.fill('repeatVector');
  await expect(page.getByRole('option', { name: /^repeatVector/ })).toContainText('expects one row');
  await search.fill('flatten');
  await page.keyboard.press('Enter');
  await expect(canvas.layer('flatten_2')).toHaveAccessibleName(/output 256/);

  // Onto a wire, and off it again with Alt.
  const [from, to] = [await canvas.middle(canvas.port('conv', 'Output y')), await canvas.middle(canvas.port('relu', 'Input x'))];
  const box = await canvas.surface.boundingBox();
  if (!box) throw new Error('The canvas is not shown.');
  const place = { x: ((from.x + to.x) / 2 - box.x) / box.width, y: (from.y - box.y) / box.height };
  const count = await canvas.wires.count();
  await palette.drag('dropout', place);
  await expect(canvas.layer('dropout')).toHaveAccessibleName(/output 8 by 8 by 4/);
  await expect(canvas.wires).toHaveCount(count + 1);
  // Far from the rim, where the view would pan for as long as the pointer is there.
  const dropout = await canvas.middle(canvas.layer('dropout'));
  await canvas.drag(dropout, { x: dropout.x, y: dropout.y - 70 }, { keys: ['Alt'] });
  await expect(canvas.wires).toHaveCount(count);
  await expect(canvas.layer('flatten')).toHaveAccessibleName(/output 256/);

  // Deleted: healed. Shift: a copy with its wires.
  await canvas.select('relu');
  await page.keyboard.press('Delete');
  await expect(canvas.layer('flatten')).toHaveAccessibleName(/output 256/);
  await window.undo();
  await expect(canvas.layer('relu')).toBeVisible();
  const flatten = await canvas.middle(canvas.layer('flatten'));
  await canvas.drag(flatten, { x: flatten.x, y: flatten.y - 70 }, { keys: ['Shift'] });
  await expect(canvas.layer('flatten_3')).toHaveAccessibleName(/output 256/);
});

test('layers are swapped, replaced and wired in a row, and stay whole', async ({ window }) => {
  const { canvas, page } = window;
  await openSketch(window, CHAIN);
  await canvas.select('conv');
  await canvas.layer('relu').click({ modifiers: ['ControlOrMeta'] });
  const before = await canvas.middle(canvas.layer('relu'));
  await window.command('Swap two layers');
  await expect.poll(async () => (await canvas.middle(canvas.layer('conv'))).x).toBeCloseTo(before.x, 0);
  await expect(canvas.layer('flatten')).toHaveAccessibleName(/output 256/);
  await window.undo();

  await canvas.select('relu');
  await page.keyboard.press('r');
  await page.getByRole('combobox').fill('tanh');
  await page.keyboard.press('Enter');
  await expect(canvas.surface.getByRole('group', { name: /Tanh, output 8 by 8 by 4/ })).toHaveCount(1);
  await expect(canvas.layer('flatten')).toHaveAccessibleName(/output 256/);
  await window.undo();

  // Quick-connect, in the order in which they stand.
  await canvas.select('flatten');
  await canvas.layer('free').click({ modifiers: ['ControlOrMeta'] });
  await window.command('Wire the selected layers in a row');
  await expect(canvas.layer('free')).toHaveAccessibleName(/output 256/);

  // Shift and a click: all between. A box, and a lasso.
  await canvas.select('image');
  await canvas.layer('flatten').click({ modifiers: ['Shift'] });
  await expect(canvas.selected).toHaveCount(4);
  const [first, last] = [await canvas.middle(canvas.layer('spare')), await canvas.middle(canvas.layer('free'))];
  await canvas.drag({ x: first.x - 150, y: first.y - 50 }, { x: last.x + 100, y: last.y + 50 });
  await expect(canvas.selected).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.keyboard.down('Alt');
  await page.mouse.move(first.x - 100, first.y - 50);
  await page.mouse.down();
  for (const [x, y] of [
    [100, -50],
    [100, 50],
    [-100, 50],
  ] as const)
    await page.mouse.move(first.x + x, first.y + y, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await expect(canvas.selected).toHaveCount(1);
});

test('while a wire is drawn, ports that can take it light up, and what would follow is said before the drop', async ({ window }) => {
  const { canvas, page } = window;
  await openSketch(window, CHAIN);
  const note = page.locator('.connection-note');
  const start = await canvas.middle(canvas.port('relu', 'Output y'));
  const bad = await canvas.middle(canvas.port('conv', 'Input x'));
  await canvas.drag(start, { x: start.x + 30, y: start.y + 60 }, { hold: true });
  await expect(note).toHaveText('8×8×4');
  await expect(canvas.port('conv', 'Input x')).toHaveAttribute('data-takes', 'no');
  await expect(canvas.port('spare', 'Input inputs 2')).toHaveAttribute('data-takes', 'yes');
  await page.mouse.move(bad.x, bad.y, { steps: 4 });
  await expect(note).toContainText('That would be a circle: conv → relu → conv.');
  const good = await canvas.middle(canvas.port('spare', 'Input inputs 2'));
  await page.mouse.move(good.x, good.y, { steps: 4 });
  await expect(note).toContainText('gives 8×8×4');
  await expect(note).toContainText('mends 1 problem');
  await page.mouse.up();
  await expect(canvas.layer('spare')).toHaveAccessibleName(/output 8 by 8 by 4/);

  // An end that is taken off: Escape leaves it where it was, on a layer it is the same wire still, and dropped on nothing it may go.
  const count = await canvas.wires.count();
  const end = page.getByLabel(/^Wire from relu to spare/).locator('.react-flow__edgeupdater-target');
  const empty = { x: start.x + 30, y: start.y + 60 };
  await canvas.drag(await canvas.middle(end), empty, { hold: true });
  await expect(note).toHaveText('8×8×4');
  await page.keyboard.press('Escape');
  await expect(note).toBeHidden();
  await page.mouse.up();
  await canvas.drag(await canvas.middle(end), await canvas.middle(canvas.layer('free')));
  await expect(canvas.layer('free')).toHaveAccessibleName(/output 8 by 8 by 4/);
  await expect(canvas.wires).toHaveCount(count);
  await window.undo();
  await canvas.drag(await canvas.middle(end), empty);
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(canvas.layer('spare')).toHaveAccessibleName(/1 problem/);
  await window.undo();
  await expect(canvas.layer('spare')).toHaveAccessibleName(/output 8 by 8 by 4/);

  // 24 pixels to hit at 100 %, and a name on hover.
  await window.command('Zoom to 100 %');
  await canvas.select('conv');
  await window.command('Zoom to selection');
  await window.command('Zoom to 100 %');
  const port = canvas.port('conv', 'Output y');
  // The view is still on its way.
  await expect.poll(async () => (await port.boundingBox())?.width).toBeCloseTo(9, 0);
  for (const [x, y] of [
    [11, 0],
    [0, 11],
    [0, -11],
  ] as const)
    await expect
      .poll(async () => {
        const dot = await canvas.middle(port);
        return page.evaluate(([left, top]) => document.elementFromPoint(left, top)?.closest('.port')?.ariaLabel, [
          dot.x + x,
          dot.y + y,
        ] as const);
      })
      .toBe('Output y');
  await port.hover();
  await expect(port.getByText('y')).toHaveCSS('opacity', '1');
});

test('layers snap, align and are framed; notes are Markdown; names are edited in place; wires are selected', async ({ window }) => {
  const { canvas, page } = window;
  await openSketch(window, CHAIN);
  const relu = await canvas.middle(canvas.layer('relu'));
  await canvas.drag(relu, { x: relu.x, y: relu.y + 40 });
  await expect.poll(async () => (await canvas.middle(canvas.layer('relu'))).y).toBeGreaterThan(relu.y + 20);
  await canvas.drag({ x: relu.x, y: relu.y + 40 }, relu, { hold: true });
  await expect(page.locator('.guide').first()).toBeAttached();
  await page.mouse.up();
  await expect(page.locator('.guide')).toHaveCount(0);
  const height = async (name: string) => (await canvas.middle(canvas.layer(name))).y;
  await expect.poll(async () => Math.abs((await height('relu')) - (await height('conv')))).toBeLessThan(1);

  await canvas.select('relu');
  await canvas.layer('spare').click({ modifiers: ['ControlOrMeta'] });
  await window.command('Align tops');
  await expect.poll(async () => Math.abs((await height('relu')) - (await height('spare')))).toBeLessThan(2);
  await window.undo();

  await window.command('Frame the selection');
  const frame = canvas.surface.getByRole('group', { name: 'Frame Frame' });
  await expect(frame).toBeVisible();
  await page.locator('.frame-title').dblclick();
  await page.getByRole('textbox', { name: 'Title of the frame' }).fill('Stem');
  await page.keyboard.press('Enter');
  await expect(canvas.surface.getByRole('group', { name: 'Frame Stem' })).toBeVisible();

  // By keyboard: found by its title, its title and colour changed in the inspector.
  await page.keyboard.press('Escape');
  await window.command('Stem');
  await expect(page.locator('.react-flow')).toBeFocused();
  await page.keyboard.press('F2');
  const title = window.inspector.panel.getByRole('textbox', { name: 'Title' });
  await expect(title).toBeFocused();
  await page.keyboard.type('Trunk');
  await page.keyboard.press('Enter');
  await expect(canvas.surface.getByRole('group', { name: 'Frame Trunk' })).toBeVisible();
  await title.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.frame')).toHaveAttribute('data-tone', 'green');
  await page.keyboard.press('Escape');
  await expect(page.locator('.react-flow')).toBeFocused();
  await page.keyboard.press('Escape');
  await window.command('Add a note');
  await page.getByRole('textbox', { name: 'Text of the note, Markdown' }).fill('Why **bold**');
  await page.keyboard.press('Escape');
  await expect(page.locator('.note strong')).toHaveText('bold');

  await canvas.layer('flatten').locator('.layer-name').dblclick();
  await page.getByRole('textbox', { name: 'Name of flatten' }).fill('row');
  await page.keyboard.press('Enter');
  await expect(canvas.layer('row')).toBeVisible();

  // A wire is selected by a click, and shown.
  const [from, to] = [await canvas.middle(canvas.port('relu', 'Output y')), await canvas.middle(canvas.port('row', 'Input x'))];
  await page.mouse.click(from.x * 0.7 + to.x * 0.3, from.y);
  await expect(window.inspector.panel.getByRole('heading', { name: 'Wire' })).toBeVisible();

  // It is led by keys, as layers are moved by them, and finds its own way again.
  const way = () => page.locator('.react-flow__edge.selected path').first().getAttribute('d');
  const own = await way();
  await page.keyboard.press('ControlOrMeta+ArrowDown');
  await expect.poll(way).not.toBe(own);
  await window.command('Let the wire find its own way');
  await expect.poll(way).toBe(own);

  await canvas.select('conv');
  await page.keyboard.press('ControlOrMeta+ArrowRight');
  await canvas.layer('image').click({ modifiers: ['ControlOrMeta'] });
  await canvas.layer('relu').click({ modifiers: ['ControlOrMeta'] });
  await window.command('Distribute across');
  const across = async (name: string) => (await canvas.middle(canvas.layer(name))).x;
  const uneven = async () => Math.abs((await across('relu')) + (await across('image')) - 2 * (await across('conv')));
  await expect.poll(uneven).toBeLessThan(2);
});

test('fingers pan, pinch, drag, wire and ask for the menu; a pen draws as a mouse does', async ({ window }) => {
  const { canvas, page } = window;
  const fingers = await withFingers(page);
  await openSketch(window, CHAIN);
  const view = () =>
    page
      .locator('.react-flow__viewport')
      .evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).toJSON() as { a: number; e: number; f: number });
  const image = await canvas.middle(canvas.layer('image'));
  const free = { x: image.x, y: image.y + 80 };

  // A tap selects; one finger moves the view, or the layer on which it is.
  await fingers.tap(await canvas.middle(canvas.layer('conv')));
  await expect(window.inspector.panel.getByRole('heading', { name: 'conv' })).toBeAttached();
  const before = await view();
  await fingers.slide([free, { x: free.x + 40, y: free.y + 20 }]);
  await expect.poll(async () => (await view()).e).toBeCloseTo(before.e + 40, 0);
  await fingers.slide([{ x: free.x + 40, y: free.y + 20 }, free]);
  const loose = await canvas.middle(canvas.layer('free'));
  await fingers.slide([loose, { x: loose.x, y: loose.y + 60 }]);
  await expect.poll(async () => (await canvas.middle(canvas.layer('free'))).y).toBeGreaterThan(loose.y + 30);

  // Two fingers zoom, also where they stand on layers.
  const [relu, spare] = [await canvas.middle(canvas.layer('relu')), await canvas.middle(canvas.layer('spare'))];
  const zoom = (await view()).a;
  await fingers.slide([relu, { x: relu.x, y: relu.y - 30 }], [spare, { x: spare.x, y: spare.y + 30 }]);
  await expect.poll(async () => (await view()).a).toBeGreaterThan(zoom * 1.2);
  await window.command('Zoom to fit');

  // A port, and the port that it shall be wired to.
  const wires = await canvas.wires.count();
  await fingers.tap(await canvas.middle(canvas.layer('relu')));
  await fingers.tap(await canvas.middle(canvas.port('spare', 'Input inputs 2')));
  await expect(canvas.wires).toHaveCount(wires + 1);

  // A finger that rests; what it does until it is lifted moves nothing.
  const conv = await canvas.middle(canvas.layer('conv'));
  const menu = page.getByRole('menu', { name: 'What can be done here' });
  await fingers.down(conv);
  await expect(menu).toBeVisible();
  await fingers.move({ x: conv.x + 60, y: conv.y + 60 });
  await fingers.up();
  await expect(menu.getByRole('menuitem', { name: /^Rename/ })).toBeVisible();
  await fingers.tap(await canvas.middle(menu.getByRole('menuitem', { name: /^Rename/ })));
  await expect(page.getByRole('textbox', { name: 'Name of conv' })).toBeFocused();
  await page.keyboard.press('Escape');
  expect(await canvas.middle(canvas.layer('conv'))).toEqual(conv);

  // The same by the menu key and the right button, which also moves the view.
  await canvas.layer('conv').focus();
  await page.keyboard.press('Shift+F10');
  await expect(menu).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await page.mouse.click(free.x, free.y, { button: 'right' });
  await expect(menu.getByRole('menuitem', { name: /^Paste/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();

  await fingers.penDrag({ x: image.x - 80, y: image.y - 50 }, { x: conv.x, y: conv.y + 50 });
  await expect(canvas.selected).toHaveCount(2);
});
