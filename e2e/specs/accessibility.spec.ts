import type { Locator, Page } from '@playwright/test';
import { violations } from '../axe';
import { expect, test } from '../fixtures';
import { colours } from '../imageFolder';

/** How the system asks for each theme. */
const THEMES = [
  { name: 'light', media: { colorScheme: 'light', contrast: 'no-preference' } },
  { name: 'dark', media: { colorScheme: 'dark', contrast: 'no-preference' } },
  { name: 'contrast', media: { colorScheme: 'light', contrast: 'more' } },
] as const;

/** What axe finds wrong in the first theme, and what the colours of the others change. The page is in the first one before and after. */
async function findings(page: Page): Promise<readonly string[]> {
  const all: string[] = [];
  for (const { name, media } of THEMES) {
    await page.emulateMedia(media);
    await expect(page.locator('html')).toHaveAttribute('data-theme', name);
    await page.evaluate(settled);
    const found = await violations(page, name === THEMES[0].name ? 'all' : 'colours');
    all.push(...found.map((violation) => `${name}: ${violation}`));
  }
  await page.emulateMedia(THEMES[0].media);
  return all;
}

/** Two frames and whatever changes its colour in steps, after which the window is as the theme has it. */
async function settled(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ending.map(({ finished }) => finished));
  await frame();
}

test.describe('in every theme', () => {
  // A colour on its way to another is neither of them.
  test.beforeEach(({ app }) => app.page.emulateMedia({ ...THEMES[0].media, reducedMotion: 'reduce' }));
  test.setTimeout(600_000);

  test('start page, network, problem, training, drawing, data, runs and export have no violation', async ({ app, window }) => {
    const check = async (state: string) => test.step(state, async () => expect(await findings(app.page)).toEqual([]));
    await check('start page');

    await window.files.openSample('digits-mlp');
    await window.problems.show();
    await check('a network, nothing selected');

    await window.canvas.select('scores');
    await check('a layer selected');

    await window.command('Show the outline');
    const outline = app.page.getByRole('tree', { name: 'Outline' });
    await expect(outline).toBeFocused();
    await app.page.keyboard.press('End');
    await expect(outline.getByRole('treeitem', { name: /^digit/, level: 1 })).toHaveAttribute('aria-selected', 'true');
    await app.page.keyboard.press('ArrowRight');
    await expect(outline.getByRole('treeitem', { level: 2 }).first()).toBeVisible();
    await check('the outline');
    await app.page.keyboard.press('Shift+F10');
    await expect(app.page.getByRole('menu')).toBeVisible();
    await check('what can be done with a line of the outline');
    await app.page.keyboard.press('Escape');
    await window.command('Show the layers to add');

    await window.training.show();
    await window.training.setNumber('Epochs', 2);
    await window.training.train.click();
    await expect(window.training.status).toContainText('Finished', { timeout: 60_000 });
    await check('a finished run');

    await window.tryIt.show();
    await window.tryIt.pick(1);
    await expect(window.tryIt.prediction).toContainText('%');
    await check('a test image tried');

    await window.showTab('Cost');
    await window.command('Heat map of cost');
    await expect(app.page.getByRole('region', { name: 'Heat map' })).toBeVisible();
    await check('cost, with the canvas coloured');
    await window.command('Heat map of cost');

    await window.showTab('Data');
    await expect(app.page.getByRole('region', { name: 'Data' }).getByRole('img').first()).toBeVisible();
    await check('data');
    await colours(app.folder);
    await app.page.getByRole('button', { name: 'Add a folder of images…' }).click();
    const dialog = window.dialog('Add a folder of images');
    await dialog.getByRole('button', { name: 'colours' }).click();
    await expect(dialog.getByRole('button', { name: 'train' })).toBeVisible();
    await check('the choice of a folder');
    await dialog.getByRole('button', { name: 'Add this folder' }).click();
    await expect(dialog).toBeHidden();
    const data = app.page.getByRole('region', { name: 'Data' });
    await expect(data.getByRole('heading', { name: 'colours' })).toBeVisible();
    await expect(data.getByRole('img', { name: 'Image of tan' }).first()).toBeVisible();
    await expect(data.getByRole('note')).toContainText('broken.png');
    await check('a folder of images');
    await data.getByRole('button', { name: 'Remove from the list' }).click();
    await expect(data.getByRole('heading', { name: 'colours' })).toBeHidden();
    await expect(data.getByRole('button', { name: /^Handwritten digits/ })).toBeFocused();

    await window.runs.show();
    await expect(window.runs.rows).toHaveCount(1);
    await check('runs');

    await window.command('Export as SavedModel…');
    await expect(window.exporting.dialog).toBeVisible();
    await check('the export dialog');
    await app.page.keyboard.press('Escape');

    await window.files.openSample('mismatched-add');
    await window.problems.show();
    await expect(window.problems.rows).not.toHaveCount(0);
    await check('a mismatched add');
    await app.page.keyboard.press('ControlOrMeta+.');
    await expect(app.page.getByRole('list', { name: 'Repairs' }).getByRole('button').first()).toBeFocused();
    await check('its repairs, the first of them previewed');

    await window.showTab('Input sizes');
    await app.page.getByRole('slider', { name: 'Size that is tried' }).press('End');
    await expect(app.page.getByText('Trying 256×256')).toBeVisible();
    await check('another input size tried');
  });

  test('palette, find, settings, shortcuts, log, about, samples, bookmarks, menu and tour have no violation', async ({ app, window }) => {
    const check = async (state: string) => test.step(state, async () => expect(await findings(app.page)).toEqual([]));
    await window.command('High-contrast theme');
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'contrast');
    await window.files.openSample('digits-resnet');
    await app.page.emulateMedia({ colorScheme: 'dark' });
    const ground = (part: Element) => getComputedStyle(part).getPropertyValue('--canvas');
    await expect.poll(() => app.page.locator('.react-flow').evaluate(ground), 'on the canvas, too').toBe('#000');
    await app.page.emulateMedia({ colorScheme: null });
    await window.command('Theme of the system');

    await app.page.keyboard.press('ControlOrMeta+k');
    await app.page.getByRole('combobox', { name: /command/i }).fill('conv');
    await check('the palette');
    await app.page.keyboard.press('Escape');

    await app.page.keyboard.press('ControlOrMeta+f');
    await app.page.getByRole('textbox', { name: 'Find in the network' }).fill('conv');
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByRole('list', { name: 'Matches' }).getByRole('listitem').first()).toBeVisible();
    await check('the find bar');
    await app.page.keyboard.press('Escape');

    await window.command('Bookmark this place');
    for (const [command, title] of DIALOGS) {
      await window.command(command);
      await expect(window.dialog(title)).toBeVisible();
      await check(title);
      await app.page.keyboard.press('Escape');
      await expect(window.dialog(title)).toBeHidden();
    }

    await window.files.saveAs('mine.skip.json');
    await window.files.openSample('digits-resnet');
    await window.command('Save as…');
    await window.dialog('Save as').getByRole('textbox', { name: 'File name' }).fill('mine');
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByText('“mine.skip.json” is there already.')).toBeVisible();
    await check('the question before a document is replaced');
    await app.page.keyboard.press('Escape');
    await expect(window.dialog('Save as')).toBeHidden();

    await window.toolbar.getByRole('menuitem', { name: 'Edit' }).click();
    await expect(app.page.getByRole('menu')).toBeVisible();
    await check('a menu');
    await app.page.keyboard.press('Escape');

    await window.files.openTemplate('ResNet (pre-activation)');
    await window.canvas.fanOut('stage2');
    await check('a stack that is fanned out');
    await app.page.keyboard.press('Escape');

    await window.command('Take the tour');
    await expect(window.dialog(/^Tour, step 1/)).toBeVisible();
    await check('the tour');
  });
});

const DIALOGS = [
  ['Settings…', 'Settings'],
  ['Keyboard shortcuts', 'Keyboard shortcuts'],
  ['Show log', 'Log'],
  ['About Skipwire', 'About Skipwire'],
  ['Open a sample…', 'Open a sample'],
  ['Bookmarks…', 'Bookmarks'],
  ['New from a known network…', 'New from a known network'],
  ['Export a picture…', 'Export a picture'],
] as const;

test.describe('with a text of twice the size', () => {
  // Half the pixels at the same window, as a browser's zoom of 200 % gives them.
  test.use({ viewport: { width: 640, height: 400 } });

  test('nothing of the window is out of reach', async ({ app: { page }, window }) => {
    await window.files.openSample('digits-mlp');
    await expect(window.canvas.surface).toBeVisible();
    const isWithin = async (name: string, part: Locator) => {
      await part.scrollIntoViewIfNeeded();
      await expect(part, name).toBeInViewport();
    };
    await isWithin('Train', window.training.train);
    await isWithin('Undo', window.undoButton);
    await isWithin('the File menu', window.toolbar.getByRole('menuitem', { name: 'File' }));
    await isWithin('the Help menu', window.toolbar.getByRole('menuitem', { name: 'Help' }));
    for (const name of ['Problems', 'Cost', 'Input sizes', 'Training', 'Try it', 'Data', 'Runs', 'History'])
      await isWithin(name, page.getByRole('tab', { name }));
    await isWithin('the zoom', page.getByRole('button', { name: /^Zoom/ }));
    await isWithin('a layer to add', window.palette.panel.getByRole('button', { name: 'input', exact: true }));
    // The page itself never scrolls: what is longer than its panel scrolls there.
    const overflow = await page.evaluate(() => ({
      x: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      y: document.documentElement.scrollHeight - document.documentElement.clientHeight,
    }));
    expect(overflow).toEqual({ x: 0, y: 0 });
  });
});

test.describe('with letters of twice the size', () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test('nothing is cut off, and nothing lies over anything else', async ({ app: { page }, window }) => {
    // The browser's own text size does the same: everything in rem follows.
    await window.command('Settings…');
    const settings = window.dialog('Settings');
    await settings.getByRole('radio', { name: '200 %' }).check({ force: true });
    await expect(page.locator('html')).toHaveCSS('font-size', '32px');
    await page.keyboard.press('Escape');
    await expect(settings).toBeHidden();
    await window.files.openSample('digits-resnet');
    await window.canvas.select('conv1');
    await expect(window.inspector.field('Filters')).toHaveValue('16');
    for (const tab of ['Problems', 'Cost', 'Training', 'History'] as const) {
      await window.showTab(tab);
      expect(await page.evaluate(misplaced), tab).toEqual([]);
      expect(await page.evaluate(stillSmall), tab).toEqual([]);
    }
    await window.command('Settings…');
    await expect(settings).toBeVisible();
    expect(await page.evaluate(misplaced)).toEqual([]);
    expect(await page.evaluate(stillSmall)).toEqual([]);
  });
});

/** Words and icons outside of the canvas, which has a zoom of its own, that did not grow: the smallest of the usual size are of 11 and 10 pixels. */
function stillSmall(): readonly string[] {
  const isSeen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.react-flow__renderer, .sr-only');
  const hasWords = (element: Element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '');
  const words = [...document.querySelectorAll('body *')].filter(
    (element) => isSeen(element) && hasWords(element) && Number.parseFloat(getComputedStyle(element).fontSize) < 22,
  );
  const icons = [...document.querySelectorAll('svg.lucide')].filter((icon) => isSeen(icon) && icon.getBoundingClientRect().width < 20);
  return [
    ...words.map((element) => `“${(element.textContent ?? '').trim()}” is small`),
    ...icons.map((icon) => `${icon.getAttribute('class') ?? ''} is small`),
  ];
}

/** Names of controls that are cut off, out of the window, or over another one. */
function misplaced(): readonly string[] {
  const scrolls = (element: Element | null, axis: 'overflowX' | 'overflowY'): boolean =>
    element !== null && (/auto|scroll/.test(getComputedStyle(element)[axis]) || scrolls(element.parentElement, axis));
  const nameOf = (element: Element) => element.ariaLabel ?? (element.textContent || element.id);
  const scope = document.querySelector('[role="dialog"]') ?? document;
  const controls = [...scope.querySelectorAll<HTMLElement>('button, input, [role="tab"], [role="menuitem"], [role="combobox"], h1')].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.react-flow, [inert], .sr-only'),
  );
  const boxes = controls.map((element) => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 1);
  const outside = boxes.filter(
    ({ element, box }) =>
      (!scrolls(element, 'overflowX') && (box.left < -1 || box.right > innerWidth + 1)) ||
      (!scrolls(element, 'overflowY') && (box.top < -1 || box.bottom > innerHeight + 1)),
  );
  const squeezed = boxes.filter(({ element, box }) => element.matches('input[type="text"]') && box.width < 60);
  const overlaid = boxes.filter(({ element, box }) => {
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
    const top = document.elementFromPoint(x, y)?.closest('button, input, [role="tab"], [role="menuitem"], [role="combobox"], h1');
    return (
      top !== null &&
      top !== undefined &&
      top !== element &&
      !element.contains(top) &&
      !top.contains(element) &&
      !scrolls(element, 'overflowY')
    );
  });
  return [
    ...outside.map(({ element }) => `${nameOf(element)} is out of the window`),
    ...squeezed.map(({ element }) => `${nameOf(element)} is squeezed`),
    ...overlaid.map(({ element }) => `${nameOf(element)} lies under something`),
  ];
}

test.describe('where motion is unwelcome', () => {
  test('nothing moves by itself', async ({ app: { page }, window }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await window.files.openSample('digits-mlp');
    await window.command('Settings…');
    await expect(window.dialog('Settings')).toBeVisible();
    const moving = await page.evaluate(() => {
      const seconds = (text: string) => Math.max(...text.split(',').map((part) => Number.parseFloat(part)));
      return [...document.querySelectorAll('*')]
        .filter((element) => {
          const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
          return seconds(transitionDuration) > 0.01 || (animationName !== 'none' && seconds(animationDuration) > 0.01);
        })
        .map((element) => `${element.tagName} ${element.className.toString().slice(0, 60)}`);
    });
    expect(moving).toEqual([]);
  });
});
