import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { IconButton } from '../../ui/IconButton';
import { LayerLink } from './LayerLink';
import type { Found } from './useFound';

interface ProgramSearchProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly found: Found;
  /** Of the line that one is at. */
  readonly layer: string | undefined;
}

/** Looks for a primitive, a layer, a value or a shape in the program. Enter goes on, Shift+Enter back. */
export function ProgramSearch({ ref, query, onQuery, found, layer }: ProgramSearchProps) {
  const isNone = found.lines.length === 0;
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault();
      found.step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape' && query !== '') {
      // The first one empties the field, the next one closes the dialog.
      event.stopPropagation();
      onQuery('');
    }
  }
  return (
    <search
      aria-label="Find in the program"
      className="mb-2 flex h-7 items-center gap-1 rounded-md border border-line bg-field pr-0.5 pl-2"
    >
      <Search size="0.875rem" aria-hidden className="shrink-0 text-secondary" />
      <input
        ref={ref}
        type="text"
        aria-label="Find in the program"
        placeholder="Find: convFilterGrad, stage1, %20, 8×8×64"
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-full min-w-0 flex-1 bg-transparent px-1 outline-none"
      />
      {layer !== undefined && (
        <LayerLink layer={layer} className="max-w-60 truncate text-sm text-secondary">
          {layer}
        </LayerLink>
      )}
      <span role="status" className="px-1.5 text-sm whitespace-nowrap text-secondary tabular-nums">
        {query.trim() !== '' && (isNone ? 'not found' : `${found.at + 1} of ${found.lines.length}`)}
      </span>
      <IconButton
        label="Previous"
        shortcut="Shift+Enter"
        icon={<ChevronUp size="0.875rem" aria-hidden />}
        className="h-6"
        disabled={isNone}
        onClick={() => found.step(-1)}
      />
      <IconButton
        label="Next"
        shortcut="Enter"
        icon={<ChevronDown size="0.875rem" aria-hidden />}
        className="h-6"
        disabled={isNone}
        onClick={() => found.step(1)}
      />
    </search>
  );
}
