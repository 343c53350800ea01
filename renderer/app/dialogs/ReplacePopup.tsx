import { useMemo, useState } from 'react';
import { replaceNode } from '../../../shared/edits/replace';
import { applyEdits, applyToGraph } from '../../../shared/graph/applyEdits';
import type { GraphEdit } from '../../../shared/graph/edit';
import { addableToText, newNode, takenIn } from '../../commands/addLayer';
import { shown } from '../../commands/graphEdits';
import { addableEntries, searchEntries, type AddableEntry } from '../../commands/search';
import { inGraph } from '../../commands/wiring';
import { useDocument } from '../../state/document';
import { useOwnBlocks } from '../../state/ownBlocks';
import { kindTitles } from '../../../shared/picture/face';
import { useSession } from '../../state/session';
import { KindTile } from '../../ui/Icon';
import { SearchItem, SearchPopup } from '../../ui/SearchPopup';
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
      {searchEntries(entries, query).map((entry) => (
        <SearchItem
          key={addableToText(entry.addable)}
          value={addableToText(entry.addable)}
          icon={<KindTile icon={entry.icon} kind={entry.kind} />}
          title={entry.name}
          end={<span className="text-sm text-secondary">{kindTitles[entry.kind]}</span>}
          onSelect={() => {
            close();
            replaceSelection(entry);
          }}
        />
      ))}
    </SearchPopup>
  );
}

function replaceSelection({ addable: wanted, name }: AddableEntry): void {
  const { addable, now } = takenIn(wanted, shown());
  const model = newNode(addable, now);
  if (!model) return;
  const { type, params, block } = model;
  const become = { type, params, ...(block === undefined ? {} : { block }) };
  let graph = now.graph;
  const edits: GraphEdit[] = [];
  for (const id of now.selection.nodes) {
    const own = replaceNode(graph, now.document.blocks, id, become);
    edits.push(...own);
    graph = applyToGraph(graph, own);
  }
  useDocument.getState().edit(`Replace by ${name}`, () => applyEdits(now.document, inGraph(now.ref, edits)), 'record');
}
