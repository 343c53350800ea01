import type { ReactNode } from 'react';

/** A titled part of the inspector, under a hairline. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="border-t border-line pt-3">
      <h3 className="mb-1.5 text-xs font-medium text-secondary">{title}</h3>
      {children}
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: ReactNode;
  /** The whole number, where the shown one is rounded. */
  readonly full?: string | undefined;
}

/** A name and a value, side by side; several of them in a `dl`. */
export function Fact({ name, value, full }: FactProps) {
  return (
    <div className="flex min-h-6 flex-wrap items-baseline justify-between gap-x-3">
      <dt className="text-secondary">{name}</dt>
      <dd className="ml-auto min-w-0 truncate text-right font-mono text-sm select-text" title={full}>
        {value}
      </dd>
    </div>
  );
}
