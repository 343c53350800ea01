import { comparisonOf, percentile, type Comparison } from './harness';
import { ladder } from './networks';
import { openInBrowser, painted } from './openedPage';

const ROUNDS = 40;
const LIMIT = 50;

/** From the press on a layer, with all 1,000 in view, to the frame in which the inspector shows it; the pointer comes from elsewhere. */
export async function clickToSelect(): Promise<Comparison> {
  const { page, close } = await openInBrowser(ladder(499));
  try {
    await page.waitForTimeout(1000);
    await painted(page);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { x, y, name } = await page.evaluate(
        (index) => {
          const { a, e, f } = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') as Element).transform);
          const box = (document.querySelector('.react-flow') as Element).getBoundingClientRect();
          const at = 2 * index;
          const place = { x: ((at % 40) * 240 + 76) * a + e + box.left, y: (Math.floor(at / 40) * 160 + 32) * a + f + box.top };
          const state = globalThis as unknown as { selected: Promise<number> };
          state.selected = new Promise((resolve) => {
            addEventListener(
              'pointerdown',
              ({ timeStamp }) => {
                const look = () =>
                  document.querySelector('[aria-label="Inspector"]')?.textContent.includes(`conv${index}`)
                    ? requestAnimationFrame(() => resolve(performance.now() - timeStamp))
                    : requestAnimationFrame(look);
                look();
              },
              { capture: true, once: true },
            );
          });
          return { ...place, name: `conv${index}` };
        },
        10 + round * 7,
      );
      await page.mouse.move(x, y);
      await painted(page);
      await page.mouse.down();
      await page.mouse.up();
      times.push(await page.evaluate(() => (globalThis as unknown as { selected: Promise<number> }).selected));
      if (process.env['SKIPWIRE_TIMES']) console.error(name, times.at(-1)?.toFixed(0));
    }
    times.splice(0, 4);
    const subject = {
      title: '1,000 layers in view: a click to its layer in the inspector, 95th percentile',
      bar: { atMostTimes: 1 },
    } as const;
    return comparisonOf(subject, { ours: 'click', peer: 'the bar' }, [{ ours: percentile(times, 0.95), peer: LIMIT }]);
  } finally {
    await close();
  }
}
