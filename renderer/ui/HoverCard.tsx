import { PreviewCard } from '@base-ui/react/preview-card';
import type { ReactElement, ReactNode } from 'react';
import { CARD_LOOK } from './card';

const TIMES = { delay: 500, closeDelay: 150 } as const;

interface HoverCardProps {
  readonly card: ReactNode;
  readonly side?: Side;
  readonly children: ReactElement;
}

/** More than a tooltip's line, shown while the pointer rests on something. What it says must be had elsewhere too. */
export function HoverCard({ card, side = 'left', children }: HoverCardProps) {
  return (
    <PreviewCard.Root>
      <PreviewCard.Trigger {...TIMES} render={children} />
      <Floating side={side}>{card}</Floating>
    </PreviewCard.Root>
  );
}

/** What connects one card with the many places that show it. */
export type CardHandle<T> = PreviewCard.Handle<T>;

export const createCardHandle = PreviewCard.createHandle;

interface SharedCardProps<T> {
  readonly handle: CardHandle<T>;
  readonly cardOf: (about: T) => ReactNode;
}

/** A card that stands once in the window, for all the places that show it: a form is drawn without a card for each field. */
export function SharedCard<T>({ handle, cardOf }: SharedCardProps<T>) {
  return (
    <PreviewCard.Root handle={handle}>
      {({ payload }) => <Floating side="left">{payload !== undefined && cardOf(payload)}</Floating>}
    </PreviewCard.Root>
  );
}

interface SharedCardTriggerProps<T> {
  readonly handle: CardHandle<T>;
  readonly about: T;
  readonly children: ReactElement;
}

/** A place that shows a shared card, with what it is about. */
export function SharedCardTrigger<T>({ handle, about, children }: SharedCardTriggerProps<T>) {
  return <PreviewCard.Trigger {...TIMES} handle={handle} payload={about} render={children} />;
}

type Side = 'top' | 'bottom' | 'left' | 'right';

function Floating({ side, children }: { readonly side: Side; readonly children: ReactNode }) {
  return (
    <PreviewCard.Portal>
      <PreviewCard.Positioner side={side} align="start" sideOffset={10} collisionPadding={8} className="z-50">
        <PreviewCard.Popup className={CARD_LOOK}>{children}</PreviewCard.Popup>
      </PreviewCard.Positioner>
    </PreviewCard.Portal>
  );
}
