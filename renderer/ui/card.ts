/** How cards that float beside something look. */
export const CARD_LOOK =
  'popup-motion max-h-(--available-height) max-w-[min(26rem,var(--available-width))] overflow-y-auto rounded-lg border border-line bg-raised p-3 text-sm text-ink shadow-float outline-none';
