import { afterFrames } from '../state/session';
import { enterArea } from './areas';
import { returnToCanvas } from './walking';

/**
 * Call before a change that may take what is in focus away: where the focus was in one of these parts and is lost, it goes on to what
 * `next` finds – by the index of the part – and to the canvas where that is nothing. Where it is elsewhere it stays.
 */
export function followFocus(parts: string, next: (at: number) => HTMLElement | null | undefined): void {
  const at = [...document.querySelectorAll(parts)].findIndex((part) => part.contains(document.activeElement));
  if (at < 0) return;
  afterFrames(2, () => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const heir = next(at);
    if (heir) heir.focus();
    else returnToCanvas();
  });
}

/**
 * Gives the focus to something that was just drawn. Asked for from the command palette, it takes the focus again: the palette gives it
 * back, as it closes, to what had it before. What has it within `part` by then keeps it.
 */
export function takeFocus(element: HTMLElement | null, part: Element | null = element): void {
  element?.focus();
  afterFrames(2, () => {
    if (element?.isConnected && !part?.contains(document.activeElement)) element.focus();
  });
}

/** Frames from the loss on, after which whoever knows a better heir has given it the focus. */
const PATIENCE = 4;

/**
 * Whatever has the focus may go: a field of a layer that undo takes away, a panel that is folded, a row of a dialog. The focus then
 * goes on in the same part of the window, or the same dialog, or where that has gone, too, to the canvas: the next key is never for
 * nobody. Returns what ends it.
 */
export function followLostFocus(): () => void {
  let last: { readonly element: HTMLElement; readonly area: HTMLElement | null } | undefined;
  const keep = ({ target }: Event) => {
    if (target instanceof HTMLElement) last = { element: target, area: target.closest<HTMLElement>('[data-area],[role="dialog"]') };
  };
  const isLost = () => {
    const { activeElement, body } = document;
    return (activeElement === null || activeElement === body) && last?.element.checkVisibility() === false;
  };
  const rescue = () => {
    if (!last || !isLost()) return;
    const { area } = last;
    // On the canvas nothing is selected for it.
    if (!area?.checkVisibility() || area.dataset['area'] === 'Canvas') returnToCanvas();
    // A dialog's first button is often the one that closes it, and the next key may be Enter.
    else if (area.matches('[role="dialog"][tabindex]')) area.focus();
    else if (!enterArea(area)) returnToCanvas();
  };
  const look = () => afterFrames(2, () => isLost() && afterFrames(PATIENCE, rescue));
  window.addEventListener('focusin', keep);
  // Not every browser says that what had the focus was taken away: keys and presses are what takes it.
  const events = ['focusout', 'keydown', 'click'] as const;
  for (const event of events) window.addEventListener(event, look, true);
  return () => {
    window.removeEventListener('focusin', keep);
    for (const event of events) window.removeEventListener(event, look, true);
  };
}
