/** What a drag over a label does to its number. */
export interface ScrubTarget {
  /** The drag has left its dead zone. */
  readonly onStart: () => void;
  /** So many steps from where the last call left off; `toPower` with Alt. */
  readonly onStep: (by: number, toPower: boolean) => void;
  readonly onEnd: () => void;
  /** Escape, or the system took the pointer away: all is as before. */
  readonly onCancel: () => void;
}

interface Pressed {
  readonly button: number;
  readonly pointerId: number;
  readonly clientX: number;
}

/** Pixels before a press is a drag. */
const DEAD_ZONE = 4;
/** A power of two is a long way: it takes a longer drag than a step of one. */
const PIXELS = { step: 4, power: 24 } as const;

/** The whole steps in a drag, and the pixels that are left for the next move. */
export function stepsIn(pixels: number, modifiers: { readonly shiftKey: boolean; readonly altKey: boolean }) {
  const size = modifiers.altKey ? PIXELS.power : PIXELS.step;
  const steps = Math.trunc(pixels / size);
  const factor = modifiers.shiftKey && !modifiers.altKey ? 10 : 1;
  return { by: steps === 0 ? 0 : steps * factor, rest: pixels - steps * size };
}

/** Follows the pointer from a press on a label until it is let go: to the right more, to the left less. */
export function startScrub({ button, pointerId, clientX }: Pressed, target: ScrubTarget): void {
  if (button !== 0) return;
  const listening = new AbortController();
  const options = { signal: listening.signal, capture: true };
  let last = clientX;
  let isDragging = false;

  function move(event: PointerEvent) {
    if (event.pointerId !== pointerId) return;
    if (!isDragging && Math.abs(event.clientX - clientX) < DEAD_ZONE) return;
    if (!isDragging) target.onStart();
    isDragging = true;
    const { by, rest } = stepsIn(event.clientX - last, event);
    last = event.clientX - rest;
    if (event.altKey) for (let step = 0; step < Math.abs(by); step += 1) target.onStep(Math.sign(by), true);
    else if (by !== 0) target.onStep(by, false);
  }

  function stop(act: () => void) {
    listening.abort();
    if (!isDragging) return;
    act();
    // The click that ends a drag would put the focus into the field and select its text.
    window.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
  }

  window.addEventListener('pointermove', move, options);
  window.addEventListener('pointerup', (event) => event.pointerId === pointerId && stop(target.onEnd), options);
  window.addEventListener('pointercancel', (event) => event.pointerId === pointerId && stop(target.onCancel), options);
  window.addEventListener('keydown', (event) => escape(event, () => stop(target.onCancel)), options);
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function escape(event: KeyboardEvent, cancel: () => void): void {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  cancel();
}
