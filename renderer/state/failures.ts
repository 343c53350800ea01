/** What to show of a failed call: the message, and how to mend it where the host said so. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fix: unknown = 'fix' in error ? error.fix : undefined;
  return typeof fix === 'string' && !error.message.includes(fix) ? `${error.message} ${fix}` : error.message;
}
