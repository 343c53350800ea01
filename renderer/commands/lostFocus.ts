import { afterFrames } from '../state/session';
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
