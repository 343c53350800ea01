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
