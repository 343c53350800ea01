/** What to do with an answer, or with the failure of one. */
export interface Answers<O> {
  readonly onAnswer: (output: O) => void;
  readonly onFailure: (error: unknown) => void;
}

export interface LatestOnly<I> {
  ask(input: I): void;
  /** No answer comes any more. */
  end(): void;
}

/**
 * Asks one question at a time: while one is under way, of all that come in only the newest waits. A pen moves faster
 * than a network answers, and only the last picture matters.
 */
export function latestOnly<I, O>(question: (input: I) => Promise<O>, { onAnswer, onFailure }: Answers<O>): LatestOnly<I> {
  let isBusy = false;
  let isEnded = false;
  let next: { readonly input: I } | undefined;

  async function run(input: I): Promise<void> {
    isBusy = true;
    try {
      const output = await question(input);
      if (!isEnded) onAnswer(output);
    } catch (error) {
      if (!isEnded) onFailure(error);
    }
    isBusy = false;
    const waiting = next;
    next = undefined;
    if (waiting && !isEnded) void run(waiting.input);
  }

  return {
    ask(input) {
      if (isBusy) next = { input };
      else void run(input);
    },
    end() {
      isEnded = true;
    },
  };
}
