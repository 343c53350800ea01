import { useMemo, useState } from 'react';
import { addableToText } from '../../commands/addLayer';
import { replacements, replaceSelection } from '../../commands/replacing';
import { addableEntries } from '../../commands/search';
import { useDocument } from '../../state/document';
import { useOwnBlocks } from '../../state/ownBlocks';
import { kindTitles } from '../../../shared/picture/face';
import { useSession } from '../../state/session';
import { KindTile } from '../../ui/Icon';
import { SearchItem, SearchPopup } from '../../ui/SearchPopup';
import { FitNote } from './FitNote';
import { useWayBack } from './useWayBack';

/** Choose what the selected layers become; wires and the parameters that both kinds know stay. */
export function ReplacePopup() {
  const blocks = useDocument((state) => state.document.blocks);
  const ownBlocks = useOwnBlocks((state) => state.blocks);
  const close = useSession((state) => state.closeDialog);
  const backTo = useWayBack();
  const entries = useMemo(() => addableEntries({ blocks }, ownBlocks), [blocks, ownBlocks]);
  const [query, setQuery] = useState('');
  return (
    <SearchPopup
      label="Replace by"
      placeholder="Replace by"
      query={query}
      onQuery={setQuery}
      onClose={close}
      backTo={backTo}
      nothing={`No layer is called “${query}”.`}
    >
      {replacements(entries, query).map(({ entry, fit }) => (
        <SearchItem
          key={addableToText(entry.addable)}
          value={addableToText(entry.addable)}
          icon={<KindTile icon={entry.icon} kind={entry.kind} />}
          title={entry.name}
          end={<FitNote fit={fit} otherwise={kindTitles[entry.kind]} />}
          onSelect={() => {
            close();
            replaceSelection(entry);
          }}
        />
      ))}
    </SearchPopup>
  );
}
