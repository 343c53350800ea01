import { SingleBar } from 'cli-progress';

/** A bar on the error stream, which is gone when it is stopped. */
export function progressBar(format: string): SingleBar {
  return new SingleBar({ format, barCompleteChar: '━', barIncompleteChar: '─', hideCursor: true, clearOnComplete: true });
}
