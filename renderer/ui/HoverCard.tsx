import { PreviewCard } from '@base-ui/react/preview-card';
import type { ReactElement, ReactNode } from 'react';
import { CARD_LOOK } from './card';

interface HoverCardProps {
  readonly card: ReactNode;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly children: ReactElement;
}

/** More than a tooltip's line, shown while the pointer rests on something. What it says must be had elsewhere too. */
export function HoverCard({ card, side = 'left', children }: HoverCardProps) {
  return (
    <PreviewCard.Root>
      <PreviewCard.Trigger delay={500} closeDelay={150} render={children} />
      <PreviewCard.Portal>
        <PreviewCard.Positioner side={side} align="start" sideOffset={10} collisionPadding={8} className="z-50">
          <PreviewCard.Popup className={CARD_LOOK}>{card}</PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  );
}
