import { useEffect, useState } from 'react';

/** Milliseconds without another value. */
const QUIET = 250;

/**
 * What is worked out from a value once that has not changed for a while, and until then what it was before; undefined where nothing is
 * known yet. `work` is the same function at every render.
 */
export function useWhenQuiet<T, R>(value: T, work: (value: T) => R): R | undefined {
  const [known, setKnown] = useState<{ readonly value: T; readonly work: unknown; readonly result: R } | null>(null);
  useEffect(() => {
    if (known && Object.is(known.value, value) && known.work === work) return;
    const timer = setTimeout(() => setKnown({ value, work, result: work(value) }), QUIET);
    return () => clearTimeout(timer);
  }, [value, work, known]);
  return known?.result;
}
