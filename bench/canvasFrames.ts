import type { Page } from '@playwright/test';
import type { SkipDocument } from '../shared/document/document';
import { openCanvases, type CanvasPages } from './canvasPages';
import { frameTimes, type Gesture } from './frames';
import { comparisonOf, median, percentile, type Comparison } from './harness';
import { painted } from './openedPage';
import { browserProcessorTime } from './processorTime';
import { withTrace } from './trace';

/** All of the network in view, or so near that its layers can be read. */
export type Place = 'afar' | 'near';

export interface FrameSubject {
  /** Of the benchmark; the trace has it, too. */
  readonly name: string;
  readonly title: string;
  readonly document: SkipDocument;
  readonly gesture: Gesture;
  readonly from: Place;
  /** Milliseconds of a frame at the 95th percentile. */
  readonly limit: number;
}

/** Milliseconds of the frames of one round. */
export interface Frames {
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
  /** Of processor time, in all of the browser's processes, for each frame; undefined where the system does not tell it. */
  readonly processor: number | undefined;
}

const ROUNDS = 2;

/** Frames of our canvas and of plain React Flow with the same network, in turns. */
export async function canvasFrames({ title, document, limit, ...subject }: FrameSubject): Promise<Comparison> {
  const pages = await openCanvases(document);
  try {
    const rounds = await frameRounds(pages, subject);
    const words = {
      ...{ pan: 'panned', zoom: 'zoomed', drag: 'a layer dragged' },
      ...{ through: 'zoomed until it can be read', arrive: 'zoomed until it can be read, with a rest' },
    } as const;
    const titled = `${title}, ${words[subject.gesture]} (${pages.rendering}): a frame, 95th percentile`;
    return comparisonOf(
      { title: titled, bar: { atMost: limit } },
      { ours: 'Skipwire', peer: 'plain React Flow' },
      rounds.map(({ ours, plain }) => ({ ours: ours.p95, peer: plain.p95 })),
    );
  } finally {
    await pages.close();
  }
}

/** The rounds of one gesture at one place, our canvas and the peer in turns. */
export async function frameRounds(
  { ours, plain }: CanvasPages,
  { name, gesture, from }: Pick<FrameSubject, 'name' | 'gesture' | 'from'>,
): Promise<readonly { readonly ours: Frames; readonly plain: Frames }[]> {
  const points = { ours: await placed(ours, from), plain: await placed(plain, from) };
  const rounds: { ours: Frames; plain: Frames }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const figures = { ours: await framesOf(ours, gesture, points.ours), plain: await framesOf(plain, gesture, points.plain) };
    if (process.env['SKIPWIRE_TIMES']) console.error(name, JSON.stringify(figures));
    // The first round also compiles the page's code.
    if (round > 0) rounds.push(figures);
  }
  await withTrace(ours, name, () => framesOf(ours, gesture, points.ours));
  return rounds;
}

/** The median round of one side. */
export function typical(rounds: readonly Frames[]): Frames {
  const of = (figure: (frames: Frames) => number) => median(rounds.map(figure));
  const processor = rounds.some((round) => round.processor === undefined) ? undefined : of((round) => round.processor ?? 0);
  return { median: of((round) => round.median), p95: of((round) => round.p95), longest: of((round) => round.longest), processor };
}

async function framesOf(page: Page, gesture: Gesture, point: { readonly x: number; readonly y: number }): Promise<Frames> {
  await page.bringToFront();
  await painted(page);
  const before = browserProcessorTime();
  const times = await frameTimes(page, { gesture, ...point });
  const after = browserProcessorTime();
  const processor = before === undefined || after === undefined ? undefined : (after - before) / times.length;
  return { median: median(times), p95: percentile(times, 0.95), longest: Math.max(...times), processor };
}

/** Brings the view to where it is measured, and finds a layer near its middle. */
async function placed(page: Page, from: Place): Promise<{ readonly x: number; readonly y: number }> {
  await page.bringToFront();
  await page.waitForTimeout(500);
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
      const found = document.elementFromPoint(px, py);
      // From a port a wire would be drawn.
      if (found?.closest('.react-flow__node') && !found.closest('.react-flow__handle')) return { x: px, y: py };
    }
    throw new Error('No layer is in view.');
  }, from === 'near');
}
