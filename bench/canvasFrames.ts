import type { Page } from '@playwright/test';
import type { SkipDocument } from '../shared/document/document';
import { frameTimes, type Gesture } from './frames';
import { comparisonOf, percentile, type Comparison } from './harness';
import { openInBrowser, painted } from './openedPage';
import { openPlainFlow } from './plainPage';
import { browserProcessorTime } from './processorTime';

export interface FrameSubject {
  readonly title: string;
  readonly document: SkipDocument;
  readonly gesture: Gesture;
  /** All of the network in view, or so near that its layers can be read. */
  readonly from: 'afar' | 'near';
  /** Milliseconds of a frame at the 95th percentile. */
  readonly limit: number;
}

const ROUNDS = 3;
const FRAMES = 120;

/** Frames of our canvas and of plain React Flow with the same network, in turns; both drawn by software, without a GPU. */
export async function canvasFrames({ title, document, gesture, from, limit }: FrameSubject): Promise<Comparison> {
  const { page, close } = await openInBrowser(document);
  const browser = page.context().browser();
  if (!browser) throw new Error('The browser has gone.');
  try {
    const plain = await openPlainFlow(browser, document.graph);
    const measured = { ours: await placed(page, from), peer: await placed(plain, from) };
    const rounds: { ours: number; peer: number }[] = [];
    for (let round = 0; round <= ROUNDS; round += 1) {
      const figures = { ours: await p95(page, gesture, measured.ours), peer: await p95(plain, gesture, measured.peer) };
      // The first round also compiles the page's code.
      if (round > 0) rounds.push(figures);
    }
    const subject = { title: `${title}, ${words[gesture]}: a frame, 95th percentile`, bar: { atMost: limit } } as const;
    return comparisonOf(subject, { ours: 'Skipwire', peer: 'plain React Flow' }, rounds);
  } finally {
    await close();
  }
}

const words = { pan: 'panned', zoom: 'zoomed', drag: 'a layer dragged' } as const;

async function p95(page: Page, gesture: Gesture, point: { readonly x: number; readonly y: number }): Promise<number> {
  await page.bringToFront();
  await painted(page);
  const before = browserProcessorTime();
  const times = await frameTimes(page, { gesture, frames: FRAMES, ...point });
  const after = browserProcessorTime();
  if (process.env['SKIPWIRE_TIMES']) {
    console.error(gesture, times.map((time) => time.toFixed(0)).join(' '));
    if (before !== undefined && after !== undefined)
      console.error(`${((after - before) / FRAMES).toFixed(1)} ms of processor time a frame`);
  }
  return percentile(times, 0.95);
}

/** Brings the view to where it is measured, and finds a layer near its middle. */
async function placed(page: Page, from: FrameSubject['from']): Promise<{ readonly x: number; readonly y: number }> {
  await page.bringToFront();
  await page.waitForTimeout(1000);
  await painted(page);
  return page.evaluate(async (isNear) => {
    const flow = document.querySelector('.react-flow') as HTMLElement;
    const box = flow.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const zoom = () => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') as Element).transform).a;
    const nextFrame = () => new Promise(requestAnimationFrame);
    while (isNear && zoom() < 1) {
      const wheel = { clientX: x, clientY: y, deltaY: -40, ctrlKey: true, bubbles: true, cancelable: true, view: window };
      document.elementFromPoint(x, y)?.dispatchEvent(new WheelEvent('wheel', wheel));
      await nextFrame();
    }
    for (let frame = 0; frame < 30; frame += 1) await nextFrame();
    // From the middle outwards until a layer is under the pointer; painted ones become elements there.
    for (let step = 0; step < 4000; step += 1) {
      const [px, py] = [x + Math.sqrt(step) * 6 * Math.cos(step), y + Math.sqrt(step) * 6 * Math.sin(step)];
      const at = { clientX: px, clientY: py, bubbles: true, pointerType: 'mouse' };
      document.elementFromPoint(px, py)?.dispatchEvent(new PointerEvent('pointermove', at));
      if (document.elementFromPoint(px, py)?.closest('.react-flow__node')) return { x: px, y: py };
    }
    throw new Error('No layer is in view.');
  }, from === 'near');
}
