import { useEffect, useState } from 'react';

/** Milliseconds without another value. */
const QUIET = 250;

/** Follows a value once it has not changed for a while: for figures of the whole network, which nobody reads while they type. */
export function useQuiet<T>(value: T): T {
  const [quiet, setQuiet] = useState(value);
  useEffect(() => {
    if (Object.is(value, quiet)) return;
    const timer = setTimeout(() => setQuiet(() => value), QUIET);
    return () => clearTimeout(timer);
  }, [value, quiet]);
  return quiet;
}

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
