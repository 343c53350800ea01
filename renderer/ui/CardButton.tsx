import { Popover } from '@base-ui/react/popover';
import type { ReactNode } from 'react';
import { CARD_LOOK } from './card';

interface CardButtonProps {
  /** Accessible name of the button and of its card. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly card: ReactNode;
  readonly children: ReactNode;
}

/** A button whose card opens while the pointer rests on it, and stays after a press. */
export function CardButton({ label, icon, card, children }: CardButtonProps) {
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={400}
        aria-label={label}
        className="mt-1 -ml-1 flex h-6 items-center gap-1.5 rounded-md px-1.5 text-secondary hover:bg-hover hover:text-ink data-popup-open:bg-hover"
      >
        {children}
        {icon}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="left" align="start" sideOffset={10} collisionPadding={8} className="z-50">
          <Popover.Popup aria-label={label} className={CARD_LOOK}>
            {card}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
