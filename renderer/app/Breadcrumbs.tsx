import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { useSession } from '../state/session';

/** The way from the network into the block that is shown; each step leads back. */
export function Breadcrumbs() {
  const location = useSession((state) => state.location);
  const leaveTo = useSession((state) => state.leaveTo);
  if (location.length === 0) return null;
  const names = ['Network', ...location.map((step) => step.name)];
  return (
    <nav aria-label="Where" className="absolute top-2.5 left-3 z-10 flex h-7 items-center gap-0.5 rounded-md bg-canvas/85 px-1">
      {names.map((name, depth) => (
        <Fragment key={`${depth} ${name}`}>
          {depth > 0 && <ChevronRight size={14} aria-hidden className="text-secondary" />}
          {depth === names.length - 1 ? (
            <span aria-current="location" className="px-1.5 font-semibold">
              {name}
            </span>
          ) : (
            <button type="button" onClick={() => leaveTo(depth)} className="rounded-md px-1.5 text-secondary hover:bg-hover hover:text-ink">
              {name}
            </button>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
