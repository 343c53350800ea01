import type { DesignDiff, LayerChange, LayerChangeKind } from '../../../shared/diff/designDiff';
import { changeInWords, directionInWords, fieldInWords, typeInWords } from '../../../shared/diff/words';
import type { NodeId } from '../../../shared/graph/graph';
import { countOf } from '../../ui/numbers';

/** A line of the list: what changed, and where it is to be seen. */
export interface Change {
  readonly key: string;
  readonly kind: LayerChangeKind;
  readonly title: string;
  readonly parts: readonly string[];
  readonly block: string | null;
  readonly before: NodeId | undefined;
  readonly after: NodeId | undefined;
  /** The wire that it is about, and on which side it is. */
  readonly wire?: { readonly id: string; readonly side: 'before' | 'after' };
}

interface Group {
  readonly title: string;
  readonly changes: readonly Change[];
}

/** Changes by place; what was done before what follows from it. */
export function changesOf(diff: DesignDiff): readonly Group[] {
  const places = [...new Set([null, ...[...diff.layers, ...diff.wires, ...diff.directions].map(({ block }) => block)])];
  const groups = places.map((block): Group => ({
    title: block === null ? 'Network' : `Inside “${block}”`,
    changes: [
      ...diff.layers.filter((change) => change.block === block).map(ofLayer),
      ...wiresIn(diff, block),
      ...directionsIn(diff, block),
    ].sort((a, b) => RANK[a.kind] - RANK[b.kind]),
  }));
  return [{ title: 'Blocks', changes: blocksOf(diff) }, ...groups].filter(({ changes }) => changes.length > 0);
}

/** What says of a change of which kind it is, without colour. */
export const SIGNS: Readonly<Record<LayerChangeKind, string>> = { added: '+', removed: '−', changed: '~', affected: '=', moved: '›' };

const RANK: Readonly<Record<LayerChangeKind, number>> = { removed: 0, added: 1, changed: 2, affected: 3, moved: 4 };

function ofLayer(change: LayerChange): Change {
  const { kind, block, before, after } = change;
  const side = after ?? before;
  return {
    key: `${block ?? ''} ${before?.id ?? ''}>${after?.id ?? ''}`,
    kind,
    title: `${typeInWords(side?.type ?? '')} ${side?.name ?? ''}`,
    parts: changeInWords(change),
    block,
    before: before?.id,
    after: after?.id,
  };
}

/** Wires of layers that came or went go without saying. */
function wiresIn({ wires }: DesignDiff, block: string | null): readonly Change[] {
  return wires
    .filter((wire) => wire.block === block && wire.isBetweenKept)
    .map(({ kind, id, from, to }) => ({
      key: `${block ?? ''} wire ${kind} ${id}`,
      kind,
      title: `Wire ${from} → ${to}`,
      parts: [],
      block,
      before: undefined,
      after: undefined,
      wire: { id, side: kind === 'added' ? 'after' : 'before' },
    }));
}

function directionsIn({ directions }: DesignDiff, block: string | null): readonly Change[] {
  return directions
    .filter((change) => change.block === block)
    .map((change) => {
      const [title, was] = directionInWords(change);
      return { key: `${block ?? ''} direction`, kind: 'moved', title, parts: [was], block, before: undefined, after: undefined };
    });
}

function blocksOf({ blocks }: DesignDiff): readonly Change[] {
  return blocks.map(({ kind, name, layers, fields }) => ({
    key: `block ${name}`,
    kind,
    title: name,
    parts: kind === 'changed' ? fields.map(fieldInWords) : [countOf(layers, 'layer')],
    block: name,
    before: undefined,
    after: undefined,
  }));
}
