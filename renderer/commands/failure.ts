import { useSession, type WayOut } from '../state/session';

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly fix: string | undefined;
}

/** The parts of an error that people read: of the host, of a document, or of the page itself. */
export function failureOf(error: unknown): Failure {
  const parts: Readonly<Record<string, unknown>> = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return { code: textOf(parts['code']) ?? 'E_INTERNAL', message: textOf(parts['message']) ?? String(error), fix: textOf(parts['fix']) };
}

/** Shows in a dialog what could not be done, with its code and how to mend it. */
export function showFailure(title: string, error: unknown, wayOut?: WayOut): void {
  useSession.getState().openDialog({ kind: 'problem', title, ...failureOf(error), ...(wayOut ? { wayOut } : {}) });
}
