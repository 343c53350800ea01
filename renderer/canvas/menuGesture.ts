import type { Position } from '../../shared/graph/graph';

/** How long a finger rests, in milliseconds. */
const LONG_PRESS = 500;
/** A finger trembles: what moves no further than this, in pixels, is a tap or a rest, and no drag. */
export const TREMBLE = 8;
/** The right button also moves the view: a press that stayed where it was asks for the menu. */
const STILL = 4;

/**
 * Hears who asks for the menu: the right button, a finger that rests, or the menu key, which names no point. Returns what
 * ends it.
 */
export function followMenuGesture(element: HTMLElement, ask: (point: Position | null) => void): () => void {
  const end = new AbortController();
  const options = { signal: end.signal, capture: true };
  let press: { readonly at: Position; readonly button: number; readonly isFinger: boolean } | undefined;
  let rest = 0;
  const forget = () => window.clearTimeout(rest);
  const down = (event: PointerEvent) => {
    forget();
    // A second finger pinches.
    if (!event.isPrimary || isElsewhere(event.target)) return void (press = undefined);
    const at = { x: event.clientX, y: event.clientY };
    press = { at, button: event.button, isFinger: event.pointerType === 'touch' };
    if (press.isFinger)
      rest = window.setTimeout(() => {
        holdStill();
        ask(at);
      }, LONG_PRESS);
  };
  const move = (event: PointerEvent) => {
    if (press && far(press.at, event) > TREMBLE) forget();
  };
  const up = (event: PointerEvent) => {
    forget();
    const asked = press;
    // What comes without a press of its own, as on the open menu, asks for nothing; a finger is remembered for the system's own menu event.
    if (!asked?.isFinger) press = undefined;
    if (event.button === 2 && asked?.button === 2 && far(asked.at, event) < STILL) ask(asked.at);
  };
  const menu = (event: MouseEvent) => {
    if (isElsewhere(event.target)) return;
    event.preventDefault();
    if (event.button === 2 || press?.isFinger) return;
    ask(event.ctrlKey ? { x: event.clientX, y: event.clientY } : null);
  };
  element.addEventListener('pointerdown', down, options);
  element.addEventListener('contextmenu', menu, options);
  // A key after a touch is no touch.
  window.addEventListener('keydown', () => (press = undefined), options);
  window.addEventListener('pointermove', move, options);
  window.addEventListener('pointerup', up, options);
  window.addEventListener('pointercancel', forget, options);
  return () => {
    forget();
    end.abort();
  };
}

/** Fields have the system's own menu; the overview and the like have none. */
function isElsewhere(target: EventTarget | null): boolean {
  return !(target instanceof Element) || target.closest('input, textarea, .react-flow__panel') !== null;
}

function far(from: Position, { clientX, clientY }: PointerEvent): number {
  return Math.hypot(clientX - from.x, clientY - from.y);
}

/** What the finger does until it is lifted moves nothing and presses nothing. */
function holdStill(): void {
  const end = new AbortController();
  const options = { capture: true, passive: false, signal: end.signal };
  window.addEventListener('touchmove', (event) => event.stopPropagation(), options);
  window.addEventListener('touchcancel', () => end.abort(), options);
  window.addEventListener(
    'touchend',
    (event) => {
      if (event.cancelable) event.preventDefault();
      end.abort();
    },
    options,
  );
}
