import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What the panel is for and what to do first. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex h-full flex-col items-center justify-center-safe gap-1.5 p-6 text-center">
      {icon && <div className="mb-1 text-secondary">{icon}</div>}
      <p className="font-medium text-ink">{title}</p>
      {children && <div className="max-w-96 text-sm text-secondary">{children}</div>}
      {action && <div className="mt-2 flex gap-2">{action}</div>}
    </div>
  );
}
