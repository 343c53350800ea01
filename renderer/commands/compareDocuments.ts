import type { SkipDocument } from '../../shared/document/document';
import type { Graph, GraphEdge, GraphNode } from '../../shared/graph/graph';
import { countOf } from '../ui/numbers';

export interface Differences {
  /** Names of layers, those inside blocks included. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  readonly wiresAdded: number;
  readonly wiresRemoved: number;
  /** Training, data, or anything else than layers and wires. */
  readonly isOtherwiseChanged: boolean;
}

/** What one has to do to get from one document to another. Where layers stand is no difference. */
export function compareDocuments(before: SkipDocument, after: SkipDocument): Differences {
  const old = layersOf(before);
  const now = layersOf(after);
  const oldWires = wiresOf(before);
  const nowWires = wiresOf(after);
  const inBoth = [...now].flatMap(([key, node]) => {
    const was = old.get(key);
    return was ? [{ was, node }] : [];
  });
  return {
    added: [...now].filter(([key]) => !old.has(key)).map(([, { name }]) => name),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, { name }]) => name),
    changed: inBoth.filter(({ was, node }) => contentOf(was) !== contentOf(node)).map(({ node }) => node.name),
    wiresAdded: [...nowWires].filter((wire) => !oldWires.has(wire)).length,
    wiresRemoved: [...oldWires].filter((wire) => !nowWires.has(wire)).length,
    isOtherwiseChanged: restOf(before) !== restOf(after),
  };
}

/** The differences in one sentence. */
export function differencesText({ added, removed, changed, wiresAdded, wiresRemoved, isOtherwiseChanged }: Differences): string {
  const parts = [
    named('added', added),
    named('removed', removed),
    named('changed', changed),
    wiresAdded > 0 ? `${countOf(wiresAdded, 'wire')} added` : '',
    wiresRemoved > 0 ? `${countOf(wiresRemoved, 'wire')} removed` : '',
    isOtherwiseChanged ? 'settings of training or data changed' : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'No layer and no wire changed.';
  const sentence = `${parts.join(', ')}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function named(act: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  return names.length <= 2 ? `${act} ${names.join(' and ')}` : `${act} ${countOf(names.length, 'layer')}`;
}

function graphsOf({ graph, blocks }: SkipDocument): readonly (readonly [string, Graph])[] {
  return [['', graph], ...Object.values(blocks).map((block): [string, Graph] => [block.id, block.graph])];
}

function layersOf(document: SkipDocument): ReadonlyMap<string, GraphNode> {
  return new Map(
    graphsOf(document).flatMap(([place, { nodes }]) =>
      Object.values(nodes).map((node): [string, GraphNode] => [`${place}/${node.id}`, node]),
    ),
  );
}

function wiresOf(document: SkipDocument): ReadonlySet<string> {
  const key = (place: string, { from, to }: GraphEdge) => JSON.stringify([place, from.node, from.port, to.node, to.port]);
  return new Set(graphsOf(document).flatMap(([place, { edges }]) => Object.values(edges).map((edge) => key(place, edge))));
}

function contentOf({ type, name, params, block }: GraphNode): string {
  return JSON.stringify([type, name, block ?? null, Object.entries(params).toSorted(([a], [b]) => a.localeCompare(b))]);
}

function restOf({ dataFormat, training, data }: SkipDocument): string {
  return JSON.stringify([dataFormat, training, data]);
}
