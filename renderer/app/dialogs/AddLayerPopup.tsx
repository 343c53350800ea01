import { useMemo, useState } from 'react';
import type { PortRef, Position } from '../../../shared/graph/graph';
import { addLayer } from '../../commands/addLayer';
import { addableEntries, searchEntries, type AddableEntry } from '../../commands/search';
import { useDocument } from '../../state/document';
import { kindTitles } from '../../state/kinds';
import { useSession } from '../../state/session';
import { KindTile } from '../../ui/Icon';
import { SearchItem, SearchPopup } from '../../ui/SearchPopup';

interface AddLayerPopupProps {
  /** Where the layer is put, in graph coordinates; null: where there is room. */
  readonly at: Position | null;
  readonly from?: PortRef | undefined;
  readonly screen?: Position | undefined;
}

/** Type a few letters of a layer's name and press Enter: it stands where the pointer is, wired. */
export function AddLayerPopup({ at, from, screen }: AddLayerPopupProps) {
  const blocks = useDocument((state) => state.document.blocks);
  const close = useSession((state) => state.closeDialog);
  const entries = useMemo(() => addableEntries({ blocks }), [blocks]);
  const [query, setQuery] = useState('');
  const found = searchEntries(from ? entries.filter(takesInput) : entries, query);

  function add({ addable }: AddableEntry) {
    close();
    addLayer(addable, { at, from });
  }

  return (
    <SearchPopup
      label="Add a layer"
      placeholder="Add a layer"
      query={query}
      onQuery={setQuery}
      onClose={close}
      at={screen}
      nothing={`No layer is called “${query}”.`}
    >
      {found.map((entry) => (
        <SearchItem
          key={`${entry.kind} ${entry.name}`}
          value={`${entry.kind} ${entry.name}`}
          icon={<KindTile icon={entry.icon} kind={entry.kind} />}
          title={entry.name}
          end={<span className="text-sm text-secondary">{kindTitles[entry.kind]}</span>}
          onSelect={() => add(entry)}
        />
      ))}
    </SearchPopup>
  );
}

function takesInput({ addable }: AddableEntry): boolean {
  return !('layer' in addable) || addable.layer !== 'input';
}
