/**
 * A search in short steps, so that a page can do other things between them, or give it up. The longest step is one inference of the
 * whole network. What is sent into the search says whether the caller has had enough: it then ends with what it has, if that is
 * anything.
 */
export type Steps<T> = Generator<undefined, T, boolean | undefined>;

/** All steps at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
