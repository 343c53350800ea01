import { useMemo, useState } from 'react';
import type { EdgeId, PortRef, Position } from '../../../shared/graph/graph';
import type { Fit } from '../../../shared/infer/fit';
import { findLayer } from '../../../shared/layers/index';
import { addLayer } from '../../commands/addLayer';
import { rankByFit } from '../../commands/ranked';
import { addableEntries, searchEntries, type AddableEntry } from '../../commands/search';
import { returnToCanvas } from '../../commands/walking';
import { useDocument } from '../../state/document';
import { kindTitles } from '../../state/kinds';
import { currentGraph, pathIn, useSession } from '../../state/session';
import { KindTile } from '../../ui/Icon';
import { SearchItem, SearchPopup } from '../../ui/SearchPopup';

interface AddLayerPopupProps {
  /** Where the layer is put, in graph coordinates; null: where there is room. */
  readonly at: Position | null;
  readonly from?: PortRef | undefined;
  readonly into?: PortRef | undefined;
  readonly onWire?: EdgeId | undefined;
  readonly screen?: Position | undefined;
}

/** Type a few letters of a layer's name and press Enter: it stands where the pointer is, wired. What fits comes first. */
export function AddLayerPopup({ at, from, into, onWire, screen }: AddLayerPopupProps) {
  const blocks = useDocument((state) => state.document.blocks);
  const close = useSession((state) => state.closeDialog);
  const input = useInput(from, onWire);
  const dataFormat = useDocument((state) => state.document.dataFormat);
  const entries = useMemo(() => addableEntries({ blocks }), [blocks]);
  const [query, setQuery] = useState('');
  const possible = entries.filter((entry) => (from || onWire ? takesInput(entry) : !into || givesOutput(entry)));
  const found = rankByFit(searchEntries(possible, query), input, dataFormat);

  function add({ addable }: AddableEntry) {
    close();
    addLayer(addable, { at, from, into, onWire });
  }

  return (
    <SearchPopup
      label="Add a layer"
      placeholder={from ? 'What follows?' : into ? 'What comes before?' : 'Add a layer'}
      query={query}
      onQuery={setQuery}
      onClose={close}
      backTo={returnToCanvas}
      at={screen}
      nothing={`No layer is called “${query}”.`}
    >
      {found.map(({ entry, fit }) => (
        <SearchItem
          key={`${entry.kind} ${entry.name}`}
          value={`${entry.kind} ${entry.name}`}
          icon={<KindTile icon={entry.icon} kind={entry.kind} />}
          title={entry.name}
          end={fit ? <FitNote fit={fit} /> : <span className="text-sm text-secondary">{kindTitles[entry.kind]}</span>}
          onSelect={() => add(entry)}
        />
      ))}
    </SearchPopup>
  );
}

/** What the layer would make of the wire. */
function FitNote({ fit }: { readonly fit: Fit }) {
  if (fit.kind === 'gives' && fit.shape === '') return <span className="text-sm text-secondary">ends the path</span>;
  if (fit.kind === 'gives') return <span className="font-mono text-sm text-secondary">→ {fit.shape}</span>;
  if (fit.kind === 'waits') return <span className="text-sm text-secondary">wants one more wire</span>;
  return (
    <span className="block max-w-40 truncate text-sm text-error-text" title={fit.reason}>
      {fit.reason}
    </span>
  );
}

/** What the wire carries that asks. */
function useInput(from: PortRef | undefined, onWire: EdgeId | undefined) {
  const location = useSession((state) => state.location);
  return useDocument(({ document, analysis }) => {
    const { graph, prefix } = currentGraph(document, location);
    const source = from ?? (onWire === undefined ? undefined : graph.edges[onWire]?.from);
    return source && analysis.nodes.get(pathIn(prefix, source.node))?.outputs[source.port];
  });
}

function takesInput({ addable }: AddableEntry): boolean {
  return !('layer' in addable) || (findLayer(addable.layer)?.inputs.length ?? 0) > 0;
}

function givesOutput({ addable }: AddableEntry): boolean {
  return !('layer' in addable) || (findLayer(addable.layer)?.outputs.length ?? 0) > 0;
}
