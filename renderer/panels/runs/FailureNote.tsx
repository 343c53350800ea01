import { CircleAlert } from 'lucide-react';

/** What the host answered to a call that failed; nothing where none did. */
export function FailureNote({ message }: { readonly message: string | null }) {
  if (message === null) return null;
  return (
    <div role="alert" className="flex gap-2 rounded-md border border-error-line bg-error-soft p-2 text-sm text-error-text">
      <CircleAlert size="1rem" aria-hidden className="mt-0.5 shrink-0" />
      <p className="min-w-0 break-words whitespace-pre-line">{message}</p>
    </div>
  );
}
