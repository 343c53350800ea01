import { useId, type ReactNode } from 'react';

/** A label beside its control, in a column of such. */
export function Field({
  label,
  hint,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly children: (id: string) => ReactNode;
}) {
  const id = useId();
  return (
    <div className="grid grid-cols-[6rem_minmax(0,1fr)] items-start gap-2">
      <label htmlFor={id} title={hint} className="truncate pt-1 text-secondary">
        {label}
      </label>
      <div className="flex min-h-7 min-w-0 items-center">{children(id)}</div>
    </div>
  );
}
