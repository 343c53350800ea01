import type { Locator, Page } from '@playwright/test';

/** What a person did: each click, drag, key and typed character is one act; keys held for others count, too. */
export interface Acts {
  readonly clicks: number;
  readonly drags: number;
  readonly keys: number;
  /** Turns of the wheel: told, but no acts. */
  readonly scrolls: number;
}

export interface Actor {
  /** Presses the middle of what is seen; what is outside of a list's view is scrolled to by the wheel. */
  click(target: Locator): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
  /** Characters, one key press each. */
  type(text: string): Promise<void>;
  /** Counted in the page, from the events that the browser itself made. */
  acts(): Promise<Acts>;
}

export const actsIn = ({ clicks, drags, keys }: Acts) => clicks + drags + keys;

/** Begins to count. Text that comes into a field without a key would be no person’s doing: it ends the test. */
export async function createActor(page: Page): Promise<Actor> {
  await page.evaluate(countActs);
  return {
    async click(target) {
      await target.waitFor();
      await scrollTo(page, target);
      const box = await target.boundingBox();
      if (!box) throw new Error('What shall be pressed is not seen.');
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: (text) => page.keyboard.type(text),
    async acts() {
      const counts = await page.evaluate(() => (window as unknown as Counting).acts);
      if (counts.silent > 0) throw new Error(`${counts.silent} inputs came without a key.`);
      return counts;
    },
  };
}

interface Counting {
  acts: { clicks: number; drags: number; keys: number; scrolls: number; silent: number };
}

/** Runs in the page. */
function countActs(): void {
  const acts: Counting['acts'] = { clicks: 0, drags: 0, keys: 0, scrolls: 0, silent: 0 };
  (window as unknown as Counting).acts = acts;
  let pressed: { x: number; y: number } | undefined;
  let lastScroll = 0;
  let keysAtInput = 0;
  const on = <K extends keyof WindowEventMap>(type: K, listen: (event: WindowEventMap[K]) => void) =>
    window.addEventListener(type, (event) => event.isTrusted && listen(event), { capture: true });
  on('pointerdown', ({ clientX: x, clientY: y }) => (pressed = { x, y }));
  on('pointerup', ({ clientX, clientY }) => {
    if (!pressed) return;
    if (Math.hypot(clientX - pressed.x, clientY - pressed.y) > 4) acts.drags += 1;
    else acts.clicks += 1;
    pressed = undefined;
  });
  on('keydown', () => (acts.keys += 1));
  on('input', () => {
    if (acts.keys + acts.clicks === keysAtInput) acts.silent += 1;
    keysAtInput = acts.keys + acts.clicks;
  });
  on('wheel', ({ timeStamp }) => {
    if (timeStamp - lastScroll > 150) acts.scrolls += 1;
    lastScroll = timeStamp;
  });
}

/** Turns the wheel over the list until its entry is wholly seen. */
async function scrollTo(page: Page, target: Locator): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    const by = await target.evaluate((element) => {
      const list = element.closest('[data-scrolls]');
      if (!list) return null;
      const [inner, outer] = [element.getBoundingClientRect(), list.getBoundingClientRect()];
      const distance =
        inner.top < outer.top ? inner.top - outer.top - 40 : inner.bottom > outer.bottom ? inner.bottom - outer.bottom + 40 : 0;
      return distance === 0 ? null : { distance, x: outer.left + outer.width / 2, y: outer.top + outer.height / 2 };
    });
    if (!by) return;
    await page.mouse.move(by.x, by.y);
    await page.mouse.wheel(0, by.distance);
    await target.evaluate((element) =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))).then(() => void element),
    );
  }
}
