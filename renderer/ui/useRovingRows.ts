import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

interface RovingRows {
  /** The row that Tab leads to. */
  readonly active: number;
  setActive(row: number): void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * One stop of Tab for all rows of a table, whose buttons are marked by `data-row`: arrows move by one, PageUp and PageDown by `page`,
 * Home and End to the first and the last.
 */
export function useRovingRows(container: RefObject<HTMLElement | null>, count: number, page: number): RovingRows {
  const [wanted, setActive] = useState(0);
  const active = Math.min(wanted, count - 1);
  const wantsFocus = useRef(false);
  useEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    container.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus();
  }, [container, active]);
  return {
    active,
    setActive,
    onKeyDown(event) {
      const last = count - 1;
      const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: last }[
        event.key
      ];
      if (to === undefined) return;
      event.preventDefault();
      const next = Math.min(last, Math.max(0, to));
      // At an end nothing moves: a wish that stayed would take the focus when the rows are others.
      wantsFocus.current = next !== active;
      setActive(next);
    },
  };
}
