import { useId, type ReactNode } from 'react';
import { besideLabel } from '../../ui/besideLabel';

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
    <div className="flex flex-wrap items-start gap-x-2">
      <label htmlFor={id} title={hint} className="w-25 shrink-0 pt-1 leading-5 text-secondary">
        {label}
      </label>
      <div className={besideLabel}>
        <div className="flex min-h-7 min-w-0 flex-1 items-center">{children(id)}</div>
        {/* Where a layer’s parameter has its way back to the default: the fields stand in one column. */}
        <span className="w-4 shrink-0" />
      </div>
    </div>
  );
}
