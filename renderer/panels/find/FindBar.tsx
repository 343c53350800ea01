import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useFind } from '../../state/find';
import { IconButton } from '../../ui/IconButton';
import { countOf } from '../../ui/numbers';
import { FindMatches } from './FindMatches';

/** Searches names, kinds, parameters and shapes over the canvas; what is found is lit there. */
export function FindBar() {
  const isOpen = useFind((state) => state.isOpen);
  return isOpen && <OpenFindBar />;
}

function OpenFindBar() {
  const { query, asked, search, step, close } = useFind();
  const hasMatches = useFind((state) => state.matches.length > 0);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), [asked]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    } else if (event.key === 'Enter' && event.target === input.current) {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    }
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape and Enter are those of the field inside
    <search
      aria-label="Find"
      onKeyDown={onKeyDown}
      className="absolute top-2.5 right-3 z-20 w-90 max-w-[calc(100%-1.5rem)] rounded-lg border border-line bg-raised shadow-float"
    >
      <div className="flex h-9 items-center gap-1 pr-1 pl-2.5">
        <Search size="0.875rem" aria-hidden className="shrink-0 text-secondary" />
        <input
          ref={input}
          type="text"
          aria-label="Find in the network"
          placeholder="conv 28×28×*   filters=64   params>10k"
          value={query}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => search(event.target.value)}
          className="h-full min-w-0 flex-1 bg-transparent px-1 outline-none"
        />
        <Count />
        <IconButton
          label="Previous match"
          shortcut="Shift+Enter"
          disabled={!hasMatches}
          icon={<ChevronUp size="0.9375rem" aria-hidden />}
          onClick={() => step(-1)}
        />
        <IconButton
          label="Next match"
          shortcut="Enter"
          disabled={!hasMatches}
          icon={<ChevronDown size="0.9375rem" aria-hidden />}
          onClick={() => step(1)}
        />
        <IconButton label="Close" shortcut="Escape" icon={<X size="0.9375rem" aria-hidden />} onClick={close} />
      </div>
      <FindMatches />
    </search>
  );
}

/** `3 of 12`, read out when it changes. */
function Count() {
  const { query, matches, current } = useFind();
  const at = current === null ? -1 : matches.indexOf(current);
  const text =
    at >= 0 ? `${at + 1} of ${matches.length}` : matches.length > 0 ? countOf(matches.length, 'match', 'matches') : 'Nothing found';
  return (
    <span role="status" className="shrink-0 text-sm text-secondary">
      {query.trim() !== '' && text}
    </span>
  );
}
