import type { CDPSession, Page } from '@playwright/test';
import type { Point } from './canvas';

/** Fingers and a pen, as the browser hears of them from the screen itself. */
export interface Fingers {
  down(...points: readonly Point[]): Promise<void>;
  move(...points: readonly Point[]): Promise<void>;
  up(): Promise<void>;
  tap(point: Point): Promise<void>;
  /** Each finger from its first place to its second one. */
  slide(...ways: readonly (readonly [from: Point, to: Point])[]): Promise<void>;
  penDrag(from: Point, to: Point): Promise<void>;
}

const STEPS = 8;

/** The page is loaded again, so that it starts on a screen that can be touched. */
export async function withFingers(page: Page): Promise<Fingers> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
  await page.reload();
  await page.getByRole('banner').waitFor();
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[] = []) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points.map((point, id) => ({ ...point, id })) });
  const fingers: Fingers = {
    down: async (...points) => void (await touch('touchStart', points)),
    move: async (...points) => void (await touch('touchMove', points)),
    up: async () => void (await touch('touchEnd')),
    async tap(point) {
      await fingers.down(point);
      await fingers.up();
    },
    async slide(...ways) {
      await fingers.down(...ways.map(([from]) => from));
      for (let step = 1; step <= STEPS; step += 1) await fingers.move(...ways.map(([from, to]) => between(from, to, step / STEPS)));
      await fingers.up();
    },
    penDrag: (from, to) => penDrag(session, from, to),
  };
  return fingers;
}

async function penDrag(session: CDPSession, from: Point, to: Point): Promise<void> {
  const pen = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', point: Point, buttons: number) =>
    session.send('Input.dispatchMouseEvent', { type, ...point, button: 'left', buttons, clickCount: 1, pointerType: 'pen' });
  await pen('mousePressed', from, 1);
  for (let step = 1; step <= STEPS; step += 1) await pen('mouseMoved', between(from, to, step / STEPS), 1);
  await pen('mouseReleased', to, 0);
}

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
