import { followFocus } from './lostFocus';

/** Call before a change that takes the problem in focus away: the focus then goes on to the problem that stands in its place. */
export function passFocusOn(): void {
  followFocus('[data-problem-row]', (at) => {
    const left = document.querySelectorAll<HTMLElement>('[data-problem-row] > button');
    return left[Math.min(at, left.length - 1)];
  });
}
