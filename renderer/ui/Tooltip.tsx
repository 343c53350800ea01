import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd';

interface TooltipProps {
  readonly label: ReactNode;
  readonly shortcut?: string | undefined;
  /** A second line: why a control is disabled, or what it does. */
  readonly hint?: ReactNode;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly children: ReactElement;
}

/** One provider around the app lets neighbouring tooltips open at once after the first. */
export const TooltipProvider = Base.Provider;

export function Tooltip({ label, shortcut, hint, side = 'bottom', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="popup-motion max-w-72 rounded-md border border-line bg-raised px-2 py-1 text-sm text-ink shadow-float">
            <span className="flex items-center gap-2">
              {label}
              {shortcut && <Kbd shortcut={shortcut} />}
            </span>
            {hint && <span className="block text-secondary">{hint}</span>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
