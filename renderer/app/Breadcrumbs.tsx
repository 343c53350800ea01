import { ChevronDown, ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { useDocument } from '../state/document';
import { prefixOf, type Step } from '../state/location';
import { useSession } from '../state/session';
import { Menu } from '../ui/Menu';
import type { MenuItem } from '../ui/menuItem';

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
          {depth > 0 && <ChevronRight size="0.875rem" aria-hidden className="text-secondary" />}
          {depth === names.length - 1 ? (
            <span aria-current="location" className="px-1.5 font-semibold">
              {name}
            </span>
          ) : (
            <button type="button" onClick={() => leaveTo(depth)} className="rounded-md px-1.5 text-secondary hover:bg-hover hover:text-ink">
              {name}
            </button>
          )}
          {depth > 0 && <CopyMenu location={location.slice(0, depth)} />}
        </Fragment>
      ))}
    </nav>
  );
}

const MOST_LISTED = 200;

/** Of a repeated block: which of its copies is shown, and the others. */
function CopyMenu({ location }: { readonly location: readonly Step[] }) {
  const step = location.at(-1);
  const instance = prefixOf(location).replace(/\[\d+\]$/, '');
  const copies = useDocument((state) => state.analysis.nodes.get(instance)?.copies) ?? 1;
  if (step?.copy === undefined || copies < 2) return null;
  const show = (copy: number) => () => useSession.getState().showCopy(location.length - 1, copy);
  const items = (): MenuItem[] =>
    Array.from({ length: Math.min(copies, MOST_LISTED) }, (_, copy) => ({
      kind: 'item',
      label: `Copy ${copy + 1}`,
      checked: copy === step.copy,
      onSelect: show(copy),
    }));
  return (
    <Menu
      items={items}
      trigger={
        <button type="button" className="flex items-center gap-1 rounded-md px-1.5 text-secondary hover:bg-hover hover:text-ink">
          copy {step.copy + 1} of {copies}
          <ChevronDown size="0.8125rem" aria-hidden />
        </button>
      }
    />
  );
}
