import type { TourStep } from './steps';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 12;
const EDGE = 8;

/** Where the card's upper left corner goes: beside its anchor, inside it where there is no room, always in the window. */
export function placeCard(
  anchor: Box,
  card: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
  side: TourStep['side'],
): { readonly left: number; readonly top: number } {
  const wanted = {
    right: { left: anchor.left + anchor.width + GAP, top: anchor.top + GAP },
    left: { left: anchor.left - card.width - GAP, top: anchor.top + GAP },
    top: { left: anchor.left + GAP, top: anchor.top - card.height - GAP },
    bottom: { left: anchor.left + anchor.width / 2 - card.width / 2, top: anchor.top + anchor.height + GAP },
  }[side];
  return {
    left: clamp(wanted.left, EDGE, window.width - card.width - EDGE),
    top: clamp(wanted.top, EDGE, window.height - card.height - EDGE),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
