import { useEffect, useRef, useState } from 'react';

/** Milliseconds at most by which it stays behind. */
const BEHIND = 200;

/** Follows a value a moment later, however often it changes in between: for what nobody watches in the turn of an edit. */
export function useLater<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = value;
    if (Object.is(value, shown)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      setShown(() => latest.current);
    }, BEHIND);
  }, [value, shown]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return shown;
}
