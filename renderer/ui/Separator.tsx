/** A hairline between groups of controls. */
export function Separator({ vertical = false }: { readonly vertical?: boolean }) {
  return (
    <div
      role="separator"
      aria-orientation={vertical ? 'vertical' : 'horizontal'}
      className={vertical ? 'mx-1 h-4 w-px bg-line' : 'h-px bg-line'}
    />
  );
}
