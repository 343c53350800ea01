import { useMemo, useState } from 'react';
import { nextOutput } from '../../../shared/edits/ports';
import type { EdgeId, Graph, PortRef, Position } from '../../../shared/graph/graph';
import { findLayer } from '../../../shared/layers/index';
import { labelOf } from '../../../shared/layers/paramFields';
import { addableToText, addLayer } from '../../commands/addLayer';
import { shown } from '../../commands/graphEdits';
import { rankByFit, type Feeding } from '../../commands/ranked';
import { addableEntries, type AddableEntry } from '../../commands/search';
import { wireDeletionName } from '../../commands/stepNames';
import { typedEntries, type TypedEntry } from '../../commands/typedLayer';
import { onlySelected } from '../../commands/wiring';
import { formatParam } from '../../panels/inspector/formatParam';
import { useDocument } from '../../state/document';
import { useOwnBlocks } from '../../state/ownBlocks';
import { kindTitles } from '../../../shared/picture/face';
import { currentGraph, pathIn } from '../../state/location';
import { useSession } from '../../state/session';
import { Button } from '../../ui/Button';
import { KindTile } from '../../ui/Icon';
import { SearchItem, SearchPopup } from '../../ui/SearchPopup';
import { FitNote } from './FitNote';
import { useWayBack } from './useWayBack';

interface AddLayerPopupProps {
  /** Where the layer is put, in graph coordinates; null: where there is room. */
  readonly at: Position | null;
  readonly from?: PortRef | undefined;
  readonly into?: PortRef | undefined;
  readonly onWire?: EdgeId | undefined;
  readonly instead?: EdgeId | undefined;
  readonly screen?: Position | undefined;
}

/** Type a few letters of a layer's name and press Enter: it stands where the pointer is, wired. What fits comes first. */
export function AddLayerPopup({ at, from, into, onWire, instead, screen }: AddLayerPopupProps) {
  const blocks = useDocument((state) => state.document.blocks);
  const ownBlocks = useOwnBlocks((state) => state.blocks);
  const close = useSession((state) => state.closeDialog);
  const backTo = useWayBack();
  const feeding = useFeeding({ from, into, onWire });
  const { graph, document } = shown();
  const entries = useMemo(() => addableEntries({ blocks }, ownBlocks), [blocks, ownBlocks]);
  const [query, setQuery] = useState('');
  const possible = entries.filter((entry) => (from || onWire ? takesInput(entry) : !into || givesOutput(entry)));
  const found = rankByFit(typedEntries(possible, query, { graph, blocks }), feeding, { graph, dataFormat: document.dataFormat });

  function add({ entry: { addable }, values, also }: TypedEntry) {
    close();
    addLayer(addable, { at, from, into, onWire, instead, values, also });
  }

  return (
    <SearchPopup
      label="Add a layer"
      placeholder={from ? 'What follows?' : into ? 'What comes before?' : 'Add a layer'}
      query={query}
      onQuery={setQuery}
      onClose={close}
      backTo={backTo}
      at={screen}
      nothing={`No layer is called “${query}”.`}
      footer={instead !== undefined && <TakenOff wire={instead} onClose={close} />}
    >
      {found.map(({ fit, ...typed }) => {
        const { entry } = typed;
        return (
          <SearchItem
            key={addableToText(entry.addable)}
            value={addableToText(entry.addable)}
            icon={<KindTile icon={entry.icon} kind={entry.kind} />}
            title={entry.name}
            detail={detailOf(typed, graph)}
            end={<FitNote fit={fit} otherwise={kindTitles[entry.kind]} />}
            onSelect={() => add(typed)}
          />
        );
      })}
    </SearchPopup>
  );
}

/** Below the list where an end of a wire was taken off: the wire need not lead anywhere. */
function TakenOff({ wire, onClose }: { readonly wire: EdgeId; readonly onClose: () => void }) {
  const remove = () => {
    onClose();
    useDocument.getState().edit(wireDeletionName(1), [{ kind: 'disconnect', id: wire, graph: shown().ref }], 'record');
  };
  return (
    <span className="flex items-center justify-between gap-2">
      Esc leaves the wire as it was.
      <Button onClick={remove}>Remove it</Button>
    </span>
  );
}

/** The values that were typed, as they stand on the layer. */
function detailOf({ values, also }: TypedEntry, { nodes }: Graph): string | undefined {
  const told = Object.entries(values).map(([name, value]) => `${labelOf(name).toLowerCase()} ${formatParam(value)}`);
  const parts = [...told, ...also.map((id) => `with ${nodes[id]?.name ?? ''}`)];
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** What the new layer would take: of the wire that asks, else of the selected layer. */
function useFeeding({ from, into, onWire }: Pick<AddLayerPopupProps, 'from' | 'into' | 'onWire'>): Feeding | undefined {
  const analysis = useDocument((state) => state.analysis);
  const now = shown();
  const selected = from || into || onWire !== undefined ? undefined : onlySelected(now);
  const source =
    from ??
    (onWire === undefined ? undefined : now.graph.edges[onWire]?.from) ??
    (selected && nextOutput(now.graph, now.document.blocks, selected));
  const { prefix } = currentGraph(now.document, useSession.getState().location);
  const type = source && analysis.nodes.get(pathIn(prefix, source.node))?.outputs[source.port];
  return source && type && { node: source.node, type };
}

function takesInput({ addable }: AddableEntry): boolean {
  return !('layer' in addable) || (findLayer(addable.layer)?.inputs.length ?? 0) > 0;
}

function givesOutput({ addable }: AddableEntry): boolean {
  return !('layer' in addable) || (findLayer(addable.layer)?.outputs.length ?? 0) > 0;
}
