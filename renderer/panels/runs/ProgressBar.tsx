/** A bar of 6 px; a share of null is work whose end is not known. */
export function ProgressBar({ label, share }: { readonly label: string; readonly share: number | null }) {
  const value = share === null ? {} : { 'aria-valuenow': Math.round(share * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 };
  return (
    <div role="progressbar" aria-label={label} {...value} className="h-1.5 shrink-0 overflow-hidden rounded-full bg-pressed">
      {share === null ? (
        <div className="h-full w-1/3 animate-pulse rounded-full bg-accent" />
      ) : (
        <div className="h-full rounded-full bg-accent transition-[width] duration-150 ease-out" style={{ width: `${share * 100}%` }} />
      )}
    </div>
  );
}
