import { Maximize } from 'lucide-react';
import { useMemo, useState } from 'react';
import { compareDocuments } from '../../../shared/diff/compareDocuments';
import { diffDesigns, isSameDesign, type DesignDiff, type DesignTotals } from '../../../shared/diff/designDiff';
import type { NodeId, Position } from '../../../shared/graph/graph';
import { analyze } from '../../../shared/infer/analyze';
import type { Scene } from '../../../shared/picture/scene';
import { useSession, type TitledDocument } from '../../state/session';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { EmptyState } from '../../ui/EmptyState';
import { formatCount, formatSum } from '../../ui/numbers';
import { Select } from '../../ui/Select';
import { ChangeList } from './ChangeList';
import { changesOf, type Change } from './changes';
import { NetworkView } from './NetworkView';
import { comparedPlaces, marksOf, type ComparedPlace, type Places } from './places';
import { useTwinLook } from './useTwinLook';

interface CompareDialogProps {
  readonly before: TitledDocument;
  readonly after: TitledDocument;
}

/** Two designs side by side: every change in a list, and marked in both pictures. */
export function CompareDialog({ before, after }: CompareDialogProps) {
  const close = useSession((state) => state.closeDialog);
  const { diff, places } = useMemo(() => {
    const [was, is] = [before, after].map(({ document }) => ({ document, analysis: analyze(document) })) as [Design, Design];
    const differences = compareDocuments(was.document, is.document);
    const found = diffDesigns(was, is, differences);
    return { diff: found, places: comparedPlaces(was, is, found, differences) };
  }, [before, after]);
  return (
    <Dialog title="Compare" description={totalsInWords(diff)} size="full" onClose={close}>
      {isSameDesign(diff) ? (
        <EmptyState icon={<Maximize size="1.25rem" aria-hidden />} title="No difference">
          “{before.title}” and “{after.title}” have the same layers, wires and settings.
        </EmptyState>
      ) : (
        <Comparison diff={diff} places={places} titles={{ before: before.title, after: after.title }} />
      )}
    </Dialog>
  );
}

type Design = Parameters<typeof diffDesigns>[0];

interface ComparisonProps {
  readonly diff: DesignDiff;
  readonly places: Places;
  readonly titles: { readonly before: string; readonly after: string };
}

function Comparison({ diff, places, titles }: ComparisonProps) {
  const [chosen, setChosen] = useState<Change | undefined>(undefined);
  const [block, setBlock] = useState<string | null>(() => changesOf(diff)[0]?.changes[0]?.block ?? null);
  const place = places.find((each) => each.block === block) ?? places[0];
  const options = places.map((each) => ({ value: each.block ?? '', label: each.block === null ? 'Network' : `Inside “${each.block}”` }));
  function choose(change: Change) {
    setChosen(change);
    setBlock(change.block);
  }
  return (
    <div className="grid h-full grid-cols-[18rem_minmax(0,1fr)] gap-3 pb-2">
      <div className="flex min-h-0 flex-col gap-2">
        {places.length > 1 && (
          <div className="flex shrink-0">
            <Select label="Shown" value={place.block ?? ''} options={options} onChange={(value) => setBlock(value === '' ? null : value)} />
          </div>
        )}
        <div className="min-h-0 flex-1">
          <ChangeList diff={diff} chosen={chosen?.key} onChoose={choose} />
        </div>
      </div>
      <Twins
        key={place.block ?? ''}
        place={place}
        diff={diff}
        titles={titles}
        chosen={chosen?.block === place.block ? chosen : undefined}
        onChoose={choose}
      />
    </div>
  );
}

interface TwinsProps extends Pick<ComparisonProps, 'diff' | 'titles'> {
  readonly place: ComparedPlace;
  readonly chosen: Change | undefined;
  readonly onChoose: (change: Change) => void;
}

function Twins({ place, diff, titles, chosen, onChoose }: TwinsProps) {
  const look = useTwinLook(place.before, place.after);
  const [shown, setShown] = useState<Change | undefined>(undefined);
  if (chosen !== shown) {
    setShown(chosen);
    if (chosen) look.show(placeIn(place.before, chosen, 'before'), placeIn(place.after, chosen, 'after'));
  }
  const marks = useMemo(
    () => ({ before: marksOf(diff, place.block, 'before'), after: marksOf(diff, place.block, 'after') }),
    [diff, place.block],
  );
  function press(side: 'before' | 'after', node: NodeId) {
    const change = changesOf(diff)
      .flatMap(({ changes }) => changes)
      .find((each) => each.block === place.block && each[side] === node);
    if (change) onChoose(change);
  }
  return (
    <div className="relative grid min-w-0 grid-cols-2 gap-3">
      {(['before', 'after'] as const).map((side) => (
        <figure key={side} className="flex min-w-0 flex-col overflow-hidden rounded-lg border border-line">
          <figcaption className="truncate border-b border-line bg-surface px-3 py-1.5 text-sm">
            <span className="font-medium">{side === 'before' ? 'Before' : 'After'}</span>
            <span className="ml-2 text-secondary">{titles[side]}</span>
          </figcaption>
          <div className="min-h-0 flex-1">
            <NetworkView
              label={`${side === 'before' ? 'Before' : 'After'}: ${titles[side]}`}
              scene={place[side]}
              marks={marks[side].nodes}
              wireMarks={marks[side].wires}
              chosen={chosen?.[side]}
              look={look[side]}
              onPan={look.pan}
              onZoom={look.zoom}
              onSize={look.resize}
              onChoose={(node) => press(side, node)}
            />
          </div>
        </figure>
      ))}
      <div className="absolute right-3 bottom-3">
        <Button variant="outline" onClick={look.fit}>
          Show all
        </Button>
      </div>
    </div>
  );
}

/** The middle of what a change is about, on one side. */
function placeIn(scene: Scene, { before, after, wire }: Change, side: 'before' | 'after'): Position | undefined {
  const id = wire?.side === side ? scene.wires.find((each) => each.id === wire.id)?.to : side === 'before' ? before : after;
  const node = scene.nodes.find((each) => each.id === id);
  return node && { x: node.x + node.width / 2, y: node.y + node.height / 2 };
}

/** `38,042 → 38,554 parameters, 820,544 → ≥ 828,736 MACs`. */
function totalsInWords({ totals: { before, after } }: DesignDiff): string {
  const part = (words: string, inWords: (totals: DesignTotals) => string) => {
    const [was, is] = [inWords(before), inWords(after)];
    return was === is ? `${is} ${words}` : `${was} → ${is} ${words}`;
  };
  return [
    part('layers', ({ layers }) => formatCount(layers)),
    part('parameters', ({ parameters, unknownParameters }) => formatSum(parameters, unknownParameters)),
    part('MACs', ({ macs, unknownMacs }) => formatSum(macs, unknownMacs)),
  ].join(', ');
}
