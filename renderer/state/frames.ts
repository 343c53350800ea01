/** How long updates wait at most where no frame comes, as in a hidden window; milliseconds. */
const PATIENCE = 250;

/**
 * Collects what comes in and hands it over once a frame, all together: twenty messages a second of each run must not
 * become twenty renderings of everything that shows one.
 */
export function oncePerFrame<T>(handle: (items: readonly T[]) => void): (item: T) => void {
  let waiting: T[] = [];
  let cancel: (() => void) | undefined;
  const flush = () => {
    cancel?.();
    cancel = undefined;
    const items = waiting;
    waiting = [];
    handle(items);
  };
  return (item) => {
    waiting.push(item);
    cancel ??= whenDrawn(flush);
  };
}

/** A hidden page gets no frames, so a timer stands by. */
function whenDrawn(act: () => void): () => void {
  const frame = requestAnimationFrame(act);
  const timer = setTimeout(act, PATIENCE);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
