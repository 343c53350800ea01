import { expect, type Locator, type Page } from '@playwright/test';

export interface CanvasPart {
  readonly surface: Locator;
  readonly layers: Locator;
  /** A layer or block by its name; its accessible name says more: kind, parameters, output shape, problems. */
  layer(name: string): Locator;
  select(name: string): Promise<void>;
  /** Opens a block to look inside. */
  openBlock(name: string): Promise<void>;
  /** Fans a stack out by the keyboard, which then is at its first copy. */
  fanOut(name: string): Promise<void>;
  /** The copies of a stack that is fanned out. */
  copies(name: string): Locator;
  /** Drags a wire from the first output of a layer to the first input of another one. */
  wire(from: string, to: string): Promise<void>;
  readonly wires: Locator;
  readonly selected: Locator;
  /** A port's dot, by its name as it is shown. */
  port(layer: string, name: string): Locator;
  /** The middle of something on the canvas, in the window's pixels. */
  middle(of: Locator): Promise<Point>;
  /** A drag with the mouse, with keys held down; it ends without a release where `hold` says so. */
  drag(from: Point, to: Point, options?: { readonly keys?: readonly string[]; readonly hold?: boolean }): Promise<void>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function createCanvasPart(page: Page): CanvasPart {
  const surface = page.getByRole('main');
  const layers = surface.locator('.react-flow__node');
  const copies = (name: string) => surface.getByRole('list', { name: `Copies of ${name}` }).getByRole('button');
  const layer = (name: string) => surface.getByRole('group', { name: new RegExp(`^${escaped(name)}(,|$)`) });
  return {
    surface,
    layers,
    layer,
    wires: surface.locator('.react-flow__edge'),
    selected: surface.locator('.layer[data-selected]'),
    port: (name, port) => layer(name).getByLabel(port, { exact: true }),
    async middle(of) {
      const box = await restingBox(of);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    },
    async drag(from, to, { keys = [], hold = false } = {}) {
      for (const key of keys) await page.keyboard.down(key);
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
      await page.mouse.move(to.x, to.y, { steps: 4 });
      if (!hold) await page.mouse.up();
      for (const key of keys) await page.keyboard.up(key);
    },
    select: (name) => layer(name).click(),
    async wire(from, to) {
      const output = layer(from).locator('.source').first();
      const input = layer(to).locator('.target').first();
      await output.dragTo(input);
    },
    openBlock: (name) => layer(name).dblclick(),
    copies,
    async fanOut(name) {
      await layer(name).click();
      await expect(layer(name)).toBeFocused();
      await page.keyboard.press('Alt+ArrowDown');
      await expect(copies(name).first()).toBeFocused();
    },
  };
}

/** Where something is once it moves no more: a graph that was just opened is still fitted into the view. */
async function restingBox(of: Locator): Promise<NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>> {
  for (let before = await of.boundingBox(); ;) {
    await of.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const now = await of.boundingBox();
    if (!now) throw new Error('It is not shown.');
    if (before && (['x', 'y', 'width', 'height'] as const).every((key) => before?.[key] === now[key])) return now;
    before = now;
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
