import type { Page } from '@playwright/test';

/**
 * What is done to a canvas, once in each frame. `through`: from all of the network in view until it can be read, and back, within a second.
 * `arrive`: the same with a rest at both ends, in which elements take the painting's place.
 */
export type Gesture = 'pan' | 'zoom' | 'drag' | 'through' | 'arrive';

interface Course {
  readonly gesture: Gesture;
  /** Where the pointer is, in the window's pixels. */
  readonly x: number;
  readonly y: number;
}

/** At most; fewer where they take longer than this many milliseconds. To and fro is always gone to its end. */
const FRAMES = 120;
const LONGEST = 2000;
/** Frames of one way. */
const WAYS: Readonly<Record<Gesture, number>> = { pan: 15, zoom: 15, drag: 15, through: 30, arrive: 60 };
/** Of a way, the frames in which something is done; all where it is longer. */
const MOVING = 30;

/**
 * Milliseconds of each frame while a gesture goes on: from one frame's start to the next's, as a person sees it. The gesture is made
 * in the page, one event a frame, so that no time of the tool's is in it.
 */
export async function frameTimes(page: Page, course: Course): Promise<readonly number[]> {
  const { times, seen } = await page.evaluate(makeGesture, {
    ...course,
    way: WAYS[course.gesture],
    moving: MOVING,
    frames: FRAMES,
    longest: LONGEST,
  });
  // A gesture that the canvas does not follow would be quick; it may come to the end of its zoom.
  if (seen < times.length / 4) throw new Error(`The canvas showed only ${seen} places in ${times.length} frames of “${course.gesture}”.`);
  return times;
}

interface Making extends Course {
  readonly way: number;
  readonly moving: number;
  readonly frames: number;
  readonly longest: number;
}

async function makeGesture({ gesture, x, y, way, moving, frames, longest }: Making) {
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
  const wheel = (sign: number) => {
    const by = {
      pan: { deltaX: 24 * sign, deltaY: 10 * sign },
      zoom: { deltaY: 12 * sign },
      through: { deltaY: -64 * sign },
      arrive: { deltaY: -64 * sign },
    };
    const turned = gesture === 'drag' ? {} : { ...by[gesture], ctrlKey: gesture !== 'pan' };
    document.elementFromPoint(x, y)?.dispatchEvent(new WheelEvent('wheel', { ...at(0, 0), ...turned }));
  };
  const watched = gesture === 'drag' ? '.react-flow__node.dragging' : '.react-flow__viewport';
  const placeOf = () => document.querySelector<HTMLElement>(watched)?.style.transform;
  if (gesture === 'drag') {
    point('move', 0, 0, 0);
    await nextFrame();
    await nextFrame();
    point('down', 0, 0, 1);
    // Where a drag begins: the layer's distance to the pointer is taken here.
    point('move', 2, 2, 1);
    await nextFrame();
  }
  const times: number[] = [];
  let seen = 0;
  let place = placeOf();
  const start = await nextFrame();
  let before = start;
  for (let step = 0; step < frames && (step % (2 * way) !== 0 || before - start < longest); step += 1) {
    const turn = step % (2 * way);
    // Steps of the grid, so that each is a move.
    if (gesture === 'drag') point('move', 8 * Math.min(turn + 1, 2 * way - 1 - turn), 8 * Math.min(turn + 1, 2 * way - 1 - turn), 1);
    else if (turn % way < moving) wheel(turn < way ? 1 : -1);
    const now = await nextFrame();
    times.push(now - before);
    before = now;
    if (placeOf() !== place) seen += 1;
    place = placeOf();
  }
  if (gesture === 'drag') {
    // Back to where it was, so that the next round has a layer under the pointer.
    point('move', 2, 2, 1);
    await nextFrame();
    point('up', 0, 0, 0);
  }
  return { times, seen };
}
