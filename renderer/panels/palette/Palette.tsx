import { Search, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { addableToText, addLayer } from '../../commands/addLayer';
import { addableEntries, searchEntries, type AddableEntry } from '../../commands/search';
import { useDocument } from '../../state/document';
import { useOwnBlocks } from '../../state/ownBlocks';
import { kindTitles } from '../../../shared/picture/face';
import { moveAmongRows } from '../../ui/listKeys';
import { PaletteGroup } from './PaletteGroup';
import { PaletteItem } from './PaletteItem';
import { UnreadableBlocks } from './UnreadableBlocks';

/** All layers by category, and the blocks of the document: drag one to the canvas, or press it. */
export function Palette() {
  const blocks = useDocument((state) => state.document.blocks);
  const ownBlocks = useOwnBlocks((state) => state.blocks);
  const entries = useMemo(() => addableEntries({ blocks }, ownBlocks), [blocks, ownBlocks]);
  const [query, setQuery] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const found = query.trim() === '' ? null : searchEntries(entries, query);
  useEffect(() => keepOneStop(list.current));

  return (
    <section aria-label="Layers" className="flex h-full flex-col bg-surface">
      <div className="p-2 pb-1">
        <SearchField
          query={query}
          onChange={setQuery}
          onDown={() => list.current?.querySelector('button')?.focus()}
          onEnter={() => found?.[0] && addLayer(found[0].addable)}
        />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrow keys move among the buttons inside */}
      <div
        ref={list}
        data-scrolls
        onKeyDown={(event) => moveAmongRows(event, 'button', () => list.current?.parentElement?.querySelector('input')?.focus())}
        onFocus={stopHere}
        className="min-h-0 flex-1 overflow-y-auto px-2 pb-3"
      >
        {found ? (
          <Found entries={found} query={query} />
        ) : (
          groupsOf(entries).map(([title, items]) => <PaletteGroup key={title} title={title} entries={items} />)
        )}
        <UnreadableBlocks />
      </div>
    </section>
  );
}

function Found({ entries, query }: { readonly entries: readonly AddableEntry[]; readonly query: string }) {
  if (entries.length === 0) return <p className="px-1.5 pt-3 text-secondary">No layer is called “{query.trim()}”.</p>;
  return (
    <ul className="pt-1">
      {entries.map((entry) => (
        <PaletteItem key={addableToText(entry.addable)} entry={entry} />
      ))}
    </ul>
  );
}

interface SearchFieldProps {
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly onDown: () => void;
  readonly onEnter: () => void;
}

function SearchField({ query, onChange, onDown, onEnter }: SearchFieldProps) {
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') onDown();
    else if (event.key === 'Enter') onEnter();
    else if (event.key === 'Escape' && query !== '') onChange('');
    else return;
    event.preventDefault();
  }
  return (
    <div className="flex h-7 items-center gap-2 rounded-md border border-line bg-field px-2 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-(--focus)">
      <Search size="0.875rem" aria-hidden className="text-secondary" />
      <input
        type="search"
        aria-label="Search layers"
        placeholder="Search layers"
        value={query}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {query !== '' && (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => onChange('')}
          className="rounded-sm text-secondary hover:text-ink"
        >
          <X size="0.875rem" aria-hidden />
        </button>
      )}
    </div>
  );
}

function groupsOf(entries: readonly AddableEntry[]): readonly (readonly [title: string, readonly AddableEntry[]])[] {
  const groups = new Map<string, AddableEntry[]>();
  for (const entry of entries) {
    const title = entry.own ? 'My blocks' : kindTitles[entry.kind];
    groups.set(title, [...(groups.get(title) ?? []), entry]);
  }
  return [...groups];
}

/** The list is one stop for Tab, at the entry that had the focus last: a hundred stops are a wall. */
function keepOneStop(list: HTMLElement | null) {
  const buttons = [...(list?.querySelectorAll('button') ?? [])];
  const stop = buttons.find(({ dataset }) => dataset['stop'] !== undefined) ?? buttons[0];
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
}

function stopHere({ currentTarget, target }: FocusEvent<HTMLElement>) {
  for (const button of currentTarget.querySelectorAll('[data-stop]')) button.removeAttribute('data-stop');
  if (target instanceof HTMLButtonElement) target.dataset['stop'] = '';
  keepOneStop(currentTarget);
}
