import { useEffect, useState } from 'react';
import { sweeper, type SizeRange, type SweptSize } from '../../../shared/diagnose/sweep';
import type { SkipDocument } from '../../../shared/document/document';

/** Long enough that typing does not start it anew at each key, in milliseconds. */
const SETTLED = 120;
/** The page stays at hand while sizes are looked at one by one, in milliseconds. */
const SLICE = 10;

export interface Sweep {
  readonly swept: readonly SweptSize[];
  readonly isDone: boolean;
}

/** What the network is at each size of the range, as far as it is known; null where it has no image input or several. */
export function useSweep(document: SkipDocument, { from, to, step }: SizeRange): Sweep | null {
  const [sweep, setSweep] = useState<Sweep | null>({ swept: [], isDone: false });
  useEffect(() => {
    let timer = setTimeout(begin, SETTLED);
    return () => clearTimeout(timer);

    function begin() {
      const at = sweeper(document);
      if (!at) return setSweep(null);
      const swept: SweptSize[] = [];
      const go = () => {
        const end = performance.now() + SLICE;
        while (from + swept.length * step <= to && performance.now() < end) swept.push(at(from + swept.length * step));
        const isDone = from + swept.length * step > to;
        setSweep({ swept: [...swept], isDone });
        if (!isDone) timer = setTimeout(go, 0);
      };
      go();
    }
  }, [document, from, to, step]);
  return sweep;
}
