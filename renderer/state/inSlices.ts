import type { Steps } from '../../shared/diagnose/steps';

/** The page stays at hand between slices, in milliseconds. */
const SLICE = 10;
/**
 * Runs a search between the page's other work; `then` has what it found. After `patience` milliseconds of work it ends with what it
 * has, if that is anything. Gives back how to stop it, after which `then` is not called.
 */
export function inSlices<T>(steps: Steps<T>, then: (found: T) => void, patience = Infinity): () => void {
  let worked = 0;
  let timer = setTimeout(go, 0);
  return () => clearTimeout(timer);

  function go() {
    const start = performance.now();
    do {
      const step = steps.next(worked + performance.now() - start > patience);
      if (step.done) return then(step.value);
    } while (performance.now() - start < SLICE);
    worked += performance.now() - start;
    timer = setTimeout(go, 0);
  }
}
