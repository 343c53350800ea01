import type { GraphNode, PortRef } from '../graph/graph';
import type { NodePath } from '../infer/analysis';
import { wireInto, type Place } from './place';
import { sourceOf } from './wiring';

/** A block instance, or an end of a definition's wires, as it stands in the expanded network. */
export interface Structural {
  readonly path: NodePath;
  readonly name: string;
  readonly kind: 'block' | 'blockInput' | 'blockOutput';
  /** Where each input and output of it really comes from, by port; undefined where nothing is wired. */
  readonly inputs: Readonly<Record<string, PortRef | undefined>>;
  readonly outputs: Readonly<Record<string, PortRef | undefined>>;
  readonly copies?: number;
}

/** The blocks and ends of blocks of one place. */
export function structuralOf(place: Place): readonly Structural[] {
  return place.plan.nodes.flatMap((node, at): readonly Structural[] => {
    // An instance that could not be entered stands among the layers.
    const own = place.layers[at] ? undefined : oneOf(place, node);
    return own ? [{ path: place.paths[at] as NodePath, name: place.namePrefix + node.name, ...own }] : [];
  });
}

function oneOf(place: Place, node: GraphNode): Omit<Structural, 'path' | 'name'> | undefined {
  if (node.type === 'blockInput') return { kind: 'blockInput', inputs: {}, outputs: { y: sourceOf(place, { node: node.id, port: 'y' }) } };
  if (node.type === 'blockOutput') return { kind: 'blockOutput', inputs: { x: wired(place, node, 'x') }, outputs: {} };
  return node.type === 'block' ? blockOf(place, node) : undefined;
}

function blockOf(place: Place, node: GraphNode): Omit<Structural, 'path' | 'name'> {
  const copies = place.inside.get(node.id) ?? [];
  const ends = (type: string) => copies[0]?.plan.nodes.filter((end) => end.type === type) ?? [];
  return {
    kind: 'block',
    ...(copies.length > 1 ? { copies: copies.length } : {}),
    inputs: Object.fromEntries(ends('blockInput').map(({ name }) => [name, wired(place, node, name)])),
    outputs: Object.fromEntries(ends('blockOutput').map(({ name }) => [name, sourceOf(place, { node: node.id, port: name })])),
  };
}

function wired(place: Place, node: GraphNode, port: string): PortRef | undefined {
  const edge = wireInto(place, { node: node.id, port });
  return edge && sourceOf(place, edge.from);
}
