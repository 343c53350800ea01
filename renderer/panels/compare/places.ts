import type { DocumentDifferences } from '../../../shared/diff/compareDocuments';
import type { Design, DesignDiff, LayerChange, LayerChangeKind } from '../../../shared/diff/designDiff';
import type { BlockDefinition } from '../../../shared/document/document';
import type { NodeId } from '../../../shared/graph/graph';
import { firstInstance, sceneOf, type Scene } from '../../../shared/picture/scene';

/** A graph that is in both designs, or a definition that only one of them has. */
export interface ComparedPlace {
  /** The name by which changes are found; null: the network itself. */
  readonly block: string | null;
  readonly before: Scene;
  readonly after: Scene;
}

/** The network comes first. */
export type Places = readonly [ComparedPlace, ...ComparedPlace[]];

/** The network, then every definition of which something differs. */
export function comparedPlaces(before: Design, after: Design, diff: DesignDiff, differences: DocumentDifferences): Places {
  const { places, blocksAdded, blocksRemoved } = differences;
  const differs = new Set([...diff.layers, ...diff.wires, ...diff.directions].map(({ block }) => block));
  const blocks = [
    ...places.flatMap(({ block }) => (block && differs.has(block.after.name) ? [block] : [])),
    ...blocksAdded.map((block) => ({ before: undefined, after: block })),
    ...blocksRemoved.map((block) => ({ before: block, after: undefined })),
  ];
  return [
    { block: null, before: sceneIn(before, undefined), after: sceneIn(after, undefined) },
    ...blocks.map(({ before: was, after: is }) => ({
      block: (is ?? was)?.name ?? '',
      before: was ? sceneIn(before, was) : emptyScene,
      after: is ? sceneIn(after, is) : emptyScene,
    })),
  ];
}

const emptyScene: Scene = {
  nodes: [],
  wires: [],
  annotations: [],
  direction: 'right',
  box: { x: 0, y: 0, width: 0, height: 0 },
  streams: () => new Map(),
};

function sceneIn({ document, analysis }: Design, block: BlockDefinition | undefined): Scene {
  const { graph } = block ?? document;
  return sceneOf({ document, analysis, graph, prefix: block ? (firstInstance(analysis, block.id) ?? `${block.id}/`) : '' });
}

/** What is marked in one of the two views of a place. */
export interface Marks {
  readonly nodes: ReadonlyMap<NodeId, LayerChangeKind>;
  readonly wires: ReadonlySet<string>;
}

export function marksOf(diff: DesignDiff, block: string | null, side: 'before' | 'after'): Marks {
  const here = diff.layers.filter((change) => change.block === block);
  const kind = side === 'before' ? 'removed' : 'added';
  return {
    nodes: new Map(
      here.flatMap((change: LayerChange): [NodeId, LayerChangeKind][] => {
        const at = change[side];
        return at ? [[at.id, change.kind]] : [];
      }),
    ),
    wires: new Set(diff.wires.filter((wire) => wire.block === block && wire.kind === kind).map(({ id }) => id)),
  };
}
