import { useEffect, useRef } from 'react';
import { formatShape } from '../../../shared/graph/tensor';
import { nodeFace } from '../../commands/paletteNodes';
import { useDocument } from '../../state/document';
import { useFind } from '../../state/find';
import { KindTile } from '../../ui/Icon';

/** No more rows than can be looked through; the rest is reached by a narrower search or with Enter. */
const SHOWN = 100;

/** What is found, as a list; a press shows it on the canvas. Low enough that the middle, where matches are shown, stays free. */
export function FindMatches() {
  const matches = useFind((state) => state.matches);
  if (matches.length === 0) return null;
  return (
    <ul aria-label="Matches" className="max-h-32 overflow-y-auto border-t border-line p-1">
      {matches.slice(0, SHOWN).map((path) => (
        <Match key={path} path={path} />
      ))}
      {matches.length > SHOWN && <li className="px-2 py-1 text-sm text-secondary">and {matches.length - SHOWN} more</li>}
    </ul>
  );
}

function Match({ path }: { readonly path: string }) {
  const node = useDocument((state) => state.analysis.nodes.get(path));
  const isCurrent = useFind((state) => state.current === path);
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  const { icon, detail } = nodeFace(path);
  const [output] = Object.values(node?.outputs ?? {});
  return (
    <li>
      <button
        ref={row}
        type="button"
        aria-current={isCurrent || undefined}
        onClick={() => useFind.getState().goTo(path)}
        className="flex h-7 w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-hover aria-[current=true]:bg-accent-soft"
      >
        {icon?.kind === 'layer' && <KindTile icon={icon.icon} kind={icon.category} />}
        <span className="shrink-0">{node?.name ?? path}</span>
        <span className="min-w-0 flex-1 truncate text-sm text-secondary">{detail}</span>
        {output && <span className="shrink-0 font-mono text-xs text-secondary">{formatShape(output.shape)}</span>}
      </button>
    </li>
  );
}
