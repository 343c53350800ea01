import { grouped } from '../runs/words';

/** Rows that a panel can draw and a person look through. */
const MOST = 100;

/** How many images each class has, as bars with their numbers. */
export function ClassBars({ classes, counts }: { readonly classes: readonly string[]; readonly counts: readonly number[] }) {
  const most = Math.max(1, ...counts);
  const more = classes.length - MOST;
  return (
    <dl className="m-0 grid grid-cols-[max-content_minmax(0,1fr)_max-content] items-center gap-x-2 gap-y-0.5 text-sm">
      {classes.slice(0, MOST).map((name, index) => (
        <div key={name} className="contents">
          <dt className="max-w-24 truncate text-right font-mono text-xs text-secondary">{name}</dt>
          <dd className="m-0 h-2.5 rounded-sm bg-pressed" aria-hidden>
            <div className="h-full rounded-sm bg-accent" style={{ width: `${((counts[index] ?? 0) / most) * 100}%` }} />
          </dd>
          <dd className="m-0 text-right font-mono text-xs">{grouped(counts[index] ?? 0)}</dd>
        </div>
      ))}
      {more > 0 && <dt className="col-span-3 text-secondary">and {grouped(more)} more classes</dt>}
    </dl>
  );
}
