import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../fixtures';
import { sketchOf } from '../pages/sketch';

const COLUMNS = 25;
const COUNT = 300;

/** A chain of layers in rows: more than can be elements at once when all are in view. */
function chain(): string {
  const layers = Array.from({ length: COUNT }, (_, index) => ({
    id: `c${index}`,
    type: index === 0 ? 'input' : 'relu',
    params: index === 0 ? { shape: [8] } : {},
    position: [(index % COLUMNS) * 240, Math.floor(index / COLUMNS) * 160] as const,
  }));
  return sketchOf(
    layers,
    layers.slice(1).map(({ id }, index) => ({ from: [`c${index}`, 'y'], to: [id, 'x'] })),
  );
}

test('a network that is painted is clicked, boxed, dragged and walked as one of elements', async ({ app, window }) => {
  const { page, canvas, inspector } = window;
  await writeFile(join(app.folder, 'chain.skip.json'), chain());
  await window.files.open('chain.skip.json');
  const painting = page.locator('.painting');
  await expect(painting).toBeAttached();
  await window.command('Zoom to fit');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  /** The middle of a layer that may only be painted, once the view rests. */
  const middle = async (index: number) => {
    const place = () =>
      page.evaluate(
        ([x, y]) => {
          const { a, e, f } = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') as Element).transform);
          const box = (document.querySelector('.react-flow') as Element).getBoundingClientRect();
          return { x: box.left + e + (x + 76) * a, y: box.top + f + (y + 32) * a };
        },
        [(index % COLUMNS) * 240, Math.floor(index / COLUMNS) * 160] as const,
      );
    let at = await place();
    await expect(async () => {
      const before = at;
      at = await place();
      expect(at).toEqual(before);
    }).toPass();
    return at;
  };

  const clicked = await middle(60);
  await page.mouse.click(clicked.x, clicked.y);
  await expect(inspector.panel.getByRole('heading', { name: 'c60' })).toBeVisible();
  await expect(canvas.layer('c60')).toBeFocused();
  // What is only painted is no element; the one that is pressed is.
  await expect(canvas.layers).toHaveCount(1);

  const [from, to] = [await middle(26), await middle(52)];
  const unit = (await middle(27)).x - from.x;
  await canvas.drag({ x: from.x - unit / 2, y: from.y - 3 }, { x: to.x, y: to.y });
  await expect(inspector.panel.getByRole('heading', { name: '4 layers' })).toBeVisible();

  // The one that is held leads; the others, of which no element is there, follow.
  const down = unit / 3;
  await canvas.drag(from, { x: from.x, y: from.y + down });
  await page.mouse.move(to.x, to.y + down);
  await expect(canvas.layer('c52')).toBeVisible();
  await window.undo();
  await page.mouse.move(to.x, to.y);
  await expect(canvas.layer('c52')).toBeVisible();

  // Walked by keys, the view comes near, and there are elements again.
  await page.mouse.click(clicked.x, clicked.y);
  await expect(canvas.layer('c60')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(canvas.layer('c61')).toBeFocused();
  await expect(painting).toHaveCount(0);
});
