import { afterFrames } from '../state/session';
import { returnToCanvas } from './walking';

/**
 * Call before a change that takes the problem in focus away: the focus then goes on to the problem that stands in its
 * place, and to the canvas where none is left. Where the focus is elsewhere it stays.
 */
export function passFocusOn(): void {
  const at = heads().findIndex((head) => head.parentElement?.contains(document.activeElement));
  if (at < 0) return;
  afterFrames(2, () => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const left = heads();
    const next = left[Math.min(at, left.length - 1)];
    if (next) next.focus();
    else returnToCanvas();
  });
}

function heads(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-problem-row] > button')];
}
