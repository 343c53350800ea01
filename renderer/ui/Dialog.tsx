import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { classes } from './classes';

interface DialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  readonly footer?: ReactNode;
  /** `full`: nearly the whole window; its content fills it and does not scroll as a whole. */
  readonly size?: 'small' | 'medium' | 'large' | 'full';
  readonly onClose: () => void;
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
}

const widths = { small: 'w-110', medium: 'w-150', large: 'w-200', full: 'h-[92vh] max-h-[92vh]! w-[96vw]' } as const;

/** A modal dialog; it is there while it is rendered. */
export function Dialog({ title, description, children, footer, size = 'small', onClose, initialFocus }: DialogProps) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-black/25 dark:bg-black/50" />
        <Base.Popup
          {...(initialFocus ? { initialFocus } : {})}
          className={classes(
            'popup-motion fixed top-1/2 left-1/2 z-40 flex max-h-[86vh] max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl border border-line bg-raised shadow-float outline-none',
            widths[size],
          )}
        >
          <header className="flex items-start gap-3 px-4 pt-4 pb-2">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold wrap-anywhere text-ink">{title}</Base.Title>
              {description && <Base.Description className="mt-1 wrap-anywhere text-secondary">{description}</Base.Description>}
            </div>
            <Base.Close
              aria-label="Close"
              className="-mt-1 -mr-1 flex size-7 items-center justify-center rounded-md text-secondary hover:bg-hover hover:text-ink"
            >
              <X size="1rem" aria-hidden />
            </Base.Close>
          </header>
          {children && (
            <div className={classes('min-h-0 flex-1 px-4 py-2', size === 'full' ? 'overflow-hidden' : 'overflow-y-auto')}>{children}</div>
          )}
          {footer && <footer className="flex justify-end gap-2 px-4 pt-2 pb-4">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
