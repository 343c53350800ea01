/** Work in steps, each of which is short enough to be waited for. */
export type Work = AsyncIterator<void, void>;

/** What is asked for, one thing after another, and work that waits until nobody asks. */
export interface Turns {
  take<T>(job: () => Promise<T>): Promise<T>;
  /**
   * Takes the work on when nothing was asked for a while; what is asked meanwhile comes before its next step. Whoever asks without a
   * pause waits for a step now and then. What it throws ends it.
   */
  later(work: Work): void;
  /** When no work is left. */
  settled(): Promise<void>;
  dispose(): void;
}

/** Milliseconds in which nothing is asked before work is taken on: longer than between two strokes of a pen, since a step may take a second. */
const QUIET = 500;

/** Answers without a pause after which work has its next step all the same: it is begun because so many more are expected. */
const UNBROKEN = 8;

/** Nothing asked for yet; while `isFree` says no, work waits. */
export function createTurns(isFree: () => boolean = () => true, quiet = QUIET): Turns {
  const works: Work[] = [];
  const settling: (() => void)[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let asked = 0;
  /** Answers since the last step, or since there is work. */
  let answered = 0;
  let isStepping = false;
  let timer: NodeJS.Timeout | undefined;

  function inTurn<T>(job: () => Promise<T>): Promise<T> {
    const mine = last.then(job);
    last = mine.catch(() => undefined);
    return mine;
  }
  function rest(milliseconds: number): void {
    clearTimeout(timer);
    if (asked === 0 && works.length > 0) timer = setTimeout(step, milliseconds);
  }
  function step(): void {
    clearTimeout(timer);
    const [work] = works;
    if (!work || isStepping) return;
    answered = 0;
    if (!isFree()) {
      rest(quiet);
      return;
    }
    isStepping = true;
    void inTurn(() => work.next())
      .catch(() => ({ done: true }))
      .then(({ done }) => {
        isStepping = false;
        if (done && works[0] === work) works.shift();
        if (works.length === 0) for (const settle of settling.splice(0)) settle();
        rest(0);
      });
  }

  return {
    async take(job) {
      asked += 1;
      clearTimeout(timer);
      try {
        return await inTurn(job);
      } finally {
        asked -= 1;
        answered += 1;
        if (answered >= UNBROKEN) step();
        else rest(quiet);
      }
    },
    later(work) {
      if (works.length === 0) answered = 0;
      works.push(work);
      rest(quiet);
    },
    settled: () => (works.length === 0 ? Promise.resolve() : new Promise((resolve) => settling.push(resolve))),
    dispose() {
      clearTimeout(timer);
      for (const work of works.splice(0)) void work.return?.();
      for (const settle of settling.splice(0)) settle();
    },
  };
}
