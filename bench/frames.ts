import type { Page } from '@playwright/test';

/** What is done to a canvas, once in each frame. */
export type Gesture = 'pan' | 'zoom' | 'drag';

interface Course {
  readonly gesture: Gesture;
  readonly frames: number;
  /** Where the pointer is, in the window's pixels. */
  readonly x: number;
  readonly y: number;
}

/**
 * Milliseconds of each frame while a gesture goes on: from one frame's start to the next's, as a person sees it. The gesture is made
 * in the page, one event a frame, so that no time of the tool's is in it.
 */
export function frameTimes(page: Page, course: Course): Promise<number[]> {
  return page.evaluate(async ({ gesture, frames, x, y }) => {
    const nextFrame = () => new Promise<number>(requestAnimationFrame);
    const at = (dx: number, dy: number) => ({ clientX: x + dx, clientY: y + dy, bubbles: true, cancelable: true, view: window, button: 0 });
    const point = (type: string, dx: number, dy: number, buttons: number) => {
      const target = gesture === 'drag' && buttons === 1 ? document : (document.elementFromPoint(x + dx, y + dy) ?? document);
      const moved = { ...at(dx, dy), buttons };
      target.dispatchEvent(new PointerEvent(`pointer${type}`, { ...moved, pointerId: 1, pointerType: 'mouse', isPrimary: true }));
      (type === 'down' ? document.elementFromPoint(x + dx, y + dy) : target === document ? window : target)?.dispatchEvent(
        new MouseEvent(`mouse${type}`, moved),
      );
    };
    const wheel = (step: number) => {
      // To and fro, so that as much stays in view as was.
      const sign = Math.floor(step / 15) % 2 === 0 ? 1 : -1;
      const by = gesture === 'zoom' ? { deltaY: 12 * sign, ctrlKey: true } : { deltaX: 24 * sign, deltaY: 10 * sign };
      document.elementFromPoint(x, y)?.dispatchEvent(new WheelEvent('wheel', { ...at(0, 0), ...by }));
    };
    if (gesture === 'drag') {
      point('move', 0, 0, 0);
      await nextFrame();
      await nextFrame();
      point('down', 0, 0, 1);
    }
    const times: number[] = [];
    let before = await nextFrame();
    for (let step = 0; step < frames; step += 1) {
      if (gesture === 'drag') point('move', 4 + (step % 60), 3 + (step % 40), 1);
      else wheel(step);
      const now = await nextFrame();
      times.push(now - before);
      before = now;
    }
    if (gesture === 'drag') {
      // Back to where it was, so that the next round has a layer under the pointer.
      point('move', 0, 0, 1);
      await nextFrame();
      point('up', 0, 0, 0);
    }
    return times;
  }, course);
}
