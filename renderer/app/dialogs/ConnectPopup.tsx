import { useState } from 'react';
import type { GraphNode, NodeId } from '../../../shared/graph/graph';
import { formatShape } from '../../../shared/graph/tensor';
import { shown } from '../../commands/graphEdits';
import { searchEntries } from '../../commands/search';
import { proposeFor, wire, type Proposal } from '../../commands/wiring';
import { useDocument } from '../../state/document';
import { faceOf } from '../../../shared/picture/face';
import { currentGraph, pathIn } from '../../state/location';
import { useSession, type ConnectPort } from '../../state/session';
import { KindTile } from '../../ui/Icon';
import { SearchItem, SearchPopup } from '../../ui/SearchPopup';
import { useWayBack } from './useWayBack';

/** More than these nobody reads. */
const SHOWN = 100;

interface ConnectPopupProps {
  readonly node: NodeId;
  readonly port: ConnectPort | undefined;
}

/** Type the name of the layer at the other end: it is wired to the selected layer, or to one of its ports. */
export function ConnectPopup({ node, port }: ConnectPopupProps) {
  const close = useSession((state) => state.closeDialog);
  const backTo = useWayBack();
  const [query, setQuery] = useState('');
  const now = shown();
  const name = now.graph.nodes[node]?.name ?? '';
  const ends = Object.values(now.graph.nodes)
    .filter(({ id }) => id !== node)
    .map((other) => ({
      other,
      name: other.name,
      keywords: [other.type],
      face: faceOf(other, now.document),
      offer: proposeFor(now, node, other.id, port),
    }));
  const found = searchEntries(ends, query).toSorted((a, b) => Number(typeof a.offer === 'string') - Number(typeof b.offer === 'string'));
  const label = port?.side === 'input' ? `Feed ${name} from` : `Connect ${name} to`;

  return (
    <SearchPopup
      label={label}
      placeholder={label}
      query={query}
      onQuery={setQuery}
      onClose={close}
      backTo={backTo}
      nothing="No layer has such a name."
    >
      {found.slice(0, SHOWN).map(({ other, face, offer }) => (
        <SearchItem
          key={other.id}
          value={other.id}
          icon={<KindTile icon={face.icon} kind={face.kind} />}
          title={other.name}
          detail={typeof offer === 'string' ? offer : `${face.title} ${shapeOf(other.id)}`}
          end={typeof offer === 'string' ? undefined : <span className="text-sm text-secondary">{wayOf(offer, other)}</span>}
          disabled={typeof offer === 'string'}
          onSelect={() => {
            close();
            if (typeof offer === 'string') return;
            wire(offer.from, offer.to);
            // What is drawn goes on from the layer that was fed.
            useSession.getState().select([offer.to.node]);
          }}
        />
      ))}
    </SearchPopup>
  );
}

function wayOf({ to }: Proposal, other: GraphNode): string {
  return to.node === other.id ? 'is fed' : 'feeds it';
}

function shapeOf(id: NodeId): string {
  const { document, analysis } = useDocument.getState();
  const { prefix } = currentGraph(document, useSession.getState().location);
  const [type] = Object.values(analysis.nodes.get(pathIn(prefix, id))?.outputs ?? {});
  return type ? formatShape(type.shape) : '';
}
