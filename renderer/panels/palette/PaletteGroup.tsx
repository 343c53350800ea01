import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { addableToText } from '../../commands/addLayer';
import type { AddableEntry } from '../../commands/search';
import { classes } from '../../ui/classes';
import { PaletteItem } from './PaletteItem';

export function PaletteGroup({ title, entries }: { readonly title: string; readonly entries: readonly AddableEntry[] }) {
  const [isOpen, setIsOpen] = useState(true);
  return (
    <div className="pt-2">
      <h2>
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
          className="flex min-h-6 w-full items-center gap-1.5 rounded-md px-1 text-left text-xs font-medium text-secondary hover:text-ink"
        >
          <ChevronDown
            size="0.75rem"
            aria-hidden
            className={classes('shrink-0', 'transition-transform duration-120', !isOpen && '-rotate-90')}
          />
          {title}
        </button>
      </h2>
      {isOpen && (
        <ul>
          {entries.map((entry) => (
            <PaletteItem key={addableToText(entry.addable)} entry={entry} />
          ))}
        </ul>
      )}
    </div>
  );
}
