import type { KeyboardEvent } from 'react';

/** Where a key leads from one of `count` rows: one up or down, to the first or the last; undefined for every other key. */
export function rowAfterKey(key: string, at: number, count: number): number | undefined {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 }[key];
  return to === undefined ? undefined : Math.min(count - 1, Math.max(0, to));
}

/**
 * Leads the focus one row up or down among the rows inside an element; `before` takes it above the first. A field in a row
 * keeps its arrows.
 */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>, rows = 'button', before?: () => void): void {
  if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || event.target instanceof HTMLInputElement) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(rows)];
  const at = all.findIndex((row) => row.contains(document.activeElement));
  event.preventDefault();
  if (at === 0 && event.key === 'ArrowUp') before?.();
  else all[rowAfterKey(event.key, at, all.length) ?? at]?.focus();
}
