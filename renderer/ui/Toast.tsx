import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';

export type ToastTone = 'info' | 'success' | 'error';

interface ToastProps {
  readonly tone: ToastTone;
  readonly message: string;
  readonly detail?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  readonly onClose: () => void;
}

const icons: Record<ToastTone, ReactNode> = {
  info: <Info size="1rem" aria-hidden className="text-accent-text" />,
  success: <CircleCheck size="1rem" aria-hidden className="text-success-text" />,
  error: <CircleAlert size="1rem" aria-hidden className="text-error-text" />,
};

export function Toast({ tone, message, detail, action, onClose }: ToastProps) {
  return (
    <div className="flex w-90 items-start gap-2.5 rounded-lg border border-line bg-raised p-3 shadow-float">
      <span className="mt-0.5">{icons[tone]}</span>
      <div className="min-w-0 flex-1">
        <p className="text-ink">{message}</p>
        {detail && <p className="mt-0.5 text-sm break-words text-secondary">{detail}</p>}
        {action && (
          <Button className="mt-2" onClick={action.run}>
            {action.label}
          </Button>
        )}
      </div>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={onClose}
        className="flex size-6 items-center justify-center rounded-md text-secondary hover:bg-hover hover:text-ink"
      >
        <X size="0.875rem" aria-hidden />
      </button>
    </div>
  );
}
