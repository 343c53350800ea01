import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { generator, SEED } from '../random';

/** `SKIPWIRE_MONKEY_MINUTES=20` for the long run; `SKIPWIRE_SEED` to see a failure again. */
const MINUTES = Number(process.env['SKIPWIRE_MONKEY_MINUTES'] ?? 1);

const PLAIN_KEYS = [
  ...'abcdefnrwzqxyht0123456789',
  ...['Tab', 'Enter', 'Escape', 'Delete', 'Backspace', 'Space', 'F2', 'F3', 'F8', '?', 'Home', 'End', 'PageDown'],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
];
/** Those that leave the page (reload, close, a new window) are the browser's. */
const MOD_KEYS = [...'abcdfghijkvxyz', 's', 'Enter', '.', ',', '=', '-', '0', 'ArrowLeft', 'ArrowRight'];
const TEXTS = ['conv', 'add', '3', '64*2', '0', '-1', 'padding=same', '28×28×*', 'résumé 🧠', '<b>', '1e9', '3 × 3', '@', '#', '>'];

/** One act of a random hand; what it did is told, to be read when something breaks. */
type Act = (page: Page, random: () => number) => Promise<string>;

const place = (random: () => number) => ({ x: Math.floor(random() * 1280), y: Math.floor(random() * 800) });
/** Most of what happens happens on the canvas. */
const onCanvas = (random: () => number) => ({ x: 220 + Math.floor(random() * 760), y: 60 + Math.floor(random() * 440) });
const anywhere = (random: () => number) => (random() < 0.5 ? onCanvas(random) : place(random));
const pick = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)] as T;

async function held(page: Page, random: () => number, act: () => Promise<void>): Promise<string> {
  const modifier = pick(['', '', '', 'Shift', 'Alt', 'Control'], random);
  if (modifier) await page.keyboard.down(modifier);
  await act();
  if (modifier) await page.keyboard.up(modifier);
  return modifier && `${modifier}+`;
}

const click: Act = async (page, random) => {
  const at = anywhere(random);
  const options = { button: random() < 0.1 ? 'right' : 'left', clickCount: random() < 0.2 ? 2 : 1 } as const;
  return `${await held(page, random, () => page.mouse.click(at.x, at.y, options))}click ${options.button} ×${options.clickCount} ${at.x} ${at.y}`;
};
/** What has a place of its own is small: a hand that sees finds it more often than a blind one. */
const clickControl: Act = async (page, random) => {
  const boxes = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'button, [role="option"], [role="menuitem"], [role="tab"], input, .react-flow__node, .react-flow__handle',
      ),
    ]
      .map((element) => element.getBoundingClientRect())
      .filter(({ width, height, x, y }) => width > 0 && height > 0 && x >= 0 && y >= 0)
      .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 })),
  );
  if (boxes.length === 0) return 'nothing to press';
  const at = pick(boxes, random);
  await page.mouse.click(at.x, at.y);
  return `press ${Math.round(at.x)} ${Math.round(at.y)}`;
};
const drag: Act = async (page, random) => {
  const [from, to] = [anywhere(random), anywhere(random)];
  const prefix = await held(page, random, async () => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 });
    if (random() < 0.1) await page.keyboard.press('Escape');
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
  });
  return `${prefix}drag ${from.x} ${from.y} → ${to.x} ${to.y}`;
};
const wheel: Act = async (page, random) => {
  const at = anywhere(random);
  const [x, y] = [Math.round((random() - 0.5) * 600), Math.round((random() - 0.5) * 600)];
  await page.mouse.move(at.x, at.y);
  return `${await held(page, random, () => page.mouse.wheel(x, y))}wheel ${x} ${y} at ${at.x} ${at.y}`;
};
const key: Act = async (page, random) => {
  const shift = random() < 0.2 ? 'Shift+' : '';
  const combination =
    random() < 0.65 ? `${random() < 0.1 ? 'Alt+' : ''}${shift}${pick(PLAIN_KEYS, random)}` : `Control+${shift}${pick(MOD_KEYS, random)}`;
  await page.keyboard.press(combination);
  return `key ${combination}`;
};
const type: Act = async (page, random) => {
  const text = pick(TEXTS, random);
  await page.keyboard.type(text);
  return `type ${text}`;
};
const ACTS: readonly Act[] = [click, click, clickControl, clickControl, clickControl, drag, drag, wheel, key, key, key, key, type];

/** Acts after which the hand steps back. */
const REST = 40;

test('a random hand finds no error that nobody caught', async ({ app, window }) => {
  test.setTimeout(MINUTES * 60_000 + 120_000);
  const random = generator(SEED);
  const { page } = window;
  // Links open pages of their own; nobody looks at them here.
  page.context().on('page', (other) => void other.close().catch(() => undefined));
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  await window.files.openSample('digits-resnet');
  const done: string[] = [];
  const until = Date.now() + MINUTES * 60_000;
  const address = page.url();
  while (Date.now() < until) {
    done.push(await pick(ACTS, random)(page, random));
    expect(page.url(), `seed ${SEED}: the page was left; the last acts:\n${done.slice(-5).join('\n')}`).toBe(address);
    expect(app.errors, `seed ${SEED}, act ${done.length}; the last ones:\n${done.slice(-25).join('\n')}`).toEqual([]);
    // What is open in front of all else is left now and then: behind it nothing more would happen.
    if (done.length % REST === 0) for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key);
  }
  await expect(page.getByText('Something in the window went wrong')).toHaveCount(0);
  // A dialog may be open in front of it.
  await expect(page.getByRole('banner', { includeHidden: true })).toBeAttached();
  console.log(`${done.length} acts in ${MINUTES} min, seed ${SEED}, no uncaught error`);
});
