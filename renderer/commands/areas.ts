import { useSession } from '../state/session';
import { enterGraph } from './walking';

/** What can have the focus. */
const FOCUSABLE = 'a[href],button,input,select,textarea,[tabindex]';

/** What last had the focus in each part of the window. */
const lastIn = new WeakMap<Element, WeakRef<HTMLElement>>();

/** Remembers where one was in each part of the window. Returns what ends it. */
export function followAreas(): () => void {
  const keep = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const area = target.closest('[data-area]');
    if (area) lastIn.set(area, new WeakRef(target));
  };
  window.addEventListener('focusin', keep);
  return () => window.removeEventListener('focusin', keep);
}

/** To the next part of the window, round and round: menu and toolbar, layers, canvas, inspector, tabs, status. */
export function goToArea(by: 1 | -1): void {
  const areas = [...document.querySelectorAll<HTMLElement>('[data-area]')].filter((area) => area.offsetWidth > 0);
  const at = areas.findIndex((area) => area.contains(document.activeElement));
  const start = at < 0 ? (by > 0 ? -1 : 0) : at;
  for (let step = 1; step <= areas.length; step += 1) {
    const area = areas.at((start + by * step) % areas.length);
    if (area && enterArea(area)) return;
  }
}

/** Gives the focus to what last had it in a part of the window, else to the first that can have it. False where nothing can. */
export function enterArea(area: HTMLElement): boolean {
  if (area.dataset['area'] === 'Canvas' && !area.querySelector('[inert]')) {
    enterGraph();
    return true;
  }
  const before = lastIn.get(area)?.deref();
  const target =
    before && area.contains(before) && canTake(before) ? before : [...area.querySelectorAll<HTMLElement>(FOCUSABLE)].find(canTake);
  target?.focus();
  const name = area.dataset['area'];
  if (target && name !== undefined) useSession.getState().announce(name);
  return target !== undefined;
}

function canTake(element: HTMLElement): boolean {
  return element.tabIndex >= 0 && element.offsetWidth > 0 && !element.matches(':disabled,[inert] *');
}
