import { useState } from 'react';
import type { NodeId } from '../../../shared/graph/graph';
import { formatShape } from '../../../shared/graph/tensor';
import { shown } from '../../commands/graphEdits';
import { searchEntries } from '../../commands/search';
import { proposeWire, wire } from '../../commands/wiring';
import { useDocument } from '../../state/document';
import { faceOf } from '../../state/kinds';
import { currentGraph, pathIn, useSession } from '../../state/session';
import { KindTile } from '../../ui/Icon';
import { SearchItem, SearchPopup } from '../../ui/SearchPopup';

/** Type the name of the layer at the other end: the wire is drawn from the selected one to it. */
export function ConnectPopup({ from }: { readonly from: NodeId }) {
  const close = useSession((state) => state.closeDialog);
  const [query, setQuery] = useState('');
  const now = shown();
  const ends = Object.values(now.graph.nodes)
    .filter(({ id }) => id !== from)
    .map((node) => ({
      node,
      name: node.name,
      keywords: [node.type],
      summary: '',
      face: faceOf(node, now.document),
      proposal: proposeWire(now, from, node.id),
    }));
  const found = searchEntries(ends, query).toSorted(
    (a, b) => Number(typeof a.proposal === 'string') - Number(typeof b.proposal === 'string'),
  );

  return (
    <SearchPopup
      label={`Connect ${now.graph.nodes[from]?.name ?? ''} to`}
      placeholder={`Connect “${now.graph.nodes[from]?.name ?? ''}” to`}
      query={query}
      onQuery={setQuery}
      onClose={close}
      nothing="No layer has such a name."
    >
      {found.slice(0, 100).map(({ node, face, proposal }) => (
        <SearchItem
          key={node.id}
          value={node.id}
          icon={<KindTile icon={face.icon} kind={face.kind} />}
          title={node.name}
          detail={typeof proposal === 'string' ? proposal : `${face.title} ${shapeOf(node.id)}`}
          disabled={typeof proposal === 'string'}
          onSelect={() => {
            close();
            if (typeof proposal === 'string') return;
            wire(proposal.from, proposal.to);
            useSession.getState().select([node.id]);
          }}
        />
      ))}
    </SearchPopup>
  );
}

function shapeOf(id: NodeId): string {
  const { document, analysis } = useDocument.getState();
  const { prefix } = currentGraph(document, useSession.getState().location);
  const [type] = Object.values(analysis.nodes.get(pathIn(prefix, id))?.outputs ?? {});
  return type ? formatShape(type.shape) : '';
}
