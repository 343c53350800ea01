import { loadTensorFlow, TensorFlowUnavailable } from './library';

/** For tests: why TensorFlow cannot be used on this machine, or undefined where it can. */
export function whyNoTensorFlow(): string | undefined {
  try {
    loadTensorFlow();
    return undefined;
  } catch (error) {
    if (error instanceof TensorFlowUnavailable) return error.message;
    throw error;
  }
}

/** For tests: a title that names the reason where they are skipped. */
export function titled(title: string, reason: string | undefined): string {
  return reason === undefined ? title : `${title} (${reason})`;
}
