import { samePlain } from '../../graph/samePlain';
import type { FlatEdge, FlatGraph, NodeAnalysis, NodePath } from '../../infer/analysis';
import { positionsOf } from '../../infer/positions';
import { NEAR, wholeOf, type Learning, type Network, type Sees } from './look';

/** The network as the rules saw it last, and the layers whose analysis is another since. */
export interface Before {
  readonly network: Network;
  readonly changed: ReadonlySet<NodePath>;
}

/** Which rules look again at a layer, by what they see. */
export type LookAgain = (path: NodePath, known: NodeAnalysis) => readonly Sees[];

const ALL: readonly Sees[] = ['near', 'own', 'before'];
const ITS_OWN: readonly Sees[] = ['own', 'before'];
const EARLIER: readonly Sees[] = ['before'];
const NONE: readonly Sees[] = [];

/** Which rules look again where; undefined: all of them everywhere. Cost: a walk over the layers. */
export function lookAgain(network: Network, { network: then, changed }: Before): LookAgain | undefined {
  if (!sameWhole(network, then) || !sameLearning(network.learning, then.learning)) return undefined;
  const touched = network.flat === then.flat ? new Set<NodePath>() : touchedIn(network.flat, then.flat);
  const near = nearTo(network.flat, touched);
  const position = positionsOf(network.order);
  // Another wire is another order, by which those rules go.
  const first = network.order === then.order ? firstOf(position, [changed, touched]) : 0;
  return (path, known) => {
    const was = then.nodes.get(path);
    if (near.has(path) || !was) return ALL;
    if (changed.has(path)) return sameStanding(was, known) ? ITS_OWN : ALL;
    return (position.get(path) ?? 0) >= first ? EARLIER : NONE;
  };
}

function sameWhole(a: Network, b: Network): boolean {
  return a.flat.nodes === b.flat.nodes || samePlain(wholeOf(a), wholeOf(b));
}

function sameLearning(a: Learning | undefined, b: Learning | undefined): boolean {
  return (
    a === b || (a !== undefined && b !== undefined && a.objectives === b.objectives && a.isMeant === b.isMeant && a.classes === b.classes)
  );
}

/** Whether a layer is as known, as wrong and as weighty as it was. */
function sameStanding(a: NodeAnalysis, b: NodeAnalysis): boolean {
  const isBlocked = (node: NodeAnalysis) => node.blockedBy !== undefined;
  const errors = ({ problems }: NodeAnalysis) => problems.filter(({ severity }) => severity === 'error').length;
  return (
    isBlocked(a) === isBlocked(b) &&
    a.problems.length === b.problems.length &&
    a.weights.length === b.weights.length &&
    errors(a) === errors(b)
  );
}

/** The layers that are others, or whose wires are. */
function touchedIn(now: FlatGraph, then: FlatGraph): Set<NodePath> {
  const touched = new Set<NodePath>();
  const isWiredAlike = now.incoming === then.incoming && now.outgoing === then.outgoing;
  for (const [path, node] of now.nodes) {
    if (then.nodes.get(path) !== node || !(isWiredAlike || sameWires(now, then, path))) touched.add(path);
  }
  return touched;
}

function sameWires(now: FlatGraph, then: FlatGraph, path: NodePath): boolean {
  return now.incoming.get(path) === then.incoming.get(path) && now.outgoing.get(path) === then.outgoing.get(path);
}

/** These layers and those at most so many wires away as rules see that see what is near. */
function nearTo({ incoming, outgoing }: FlatGraph, touched: ReadonlySet<NodePath>): ReadonlySet<NodePath> {
  const near = new Set(touched);
  let edge: Iterable<NodePath> = touched;
  for (let away = 0; away < NEAR; away += 1) {
    const next = new Set<NodePath>();
    for (const path of edge) {
      for (const { from } of incoming.get(path) ?? noWires) next.add(from.node);
      for (const { to } of outgoing.get(path) ?? noWires) next.add(to.node);
    }
    for (const path of next) near.add(path);
    edge = next;
  }
  return near;
}

const noWires: readonly FlatEdge[] = [];

function firstOf(position: ReadonlyMap<NodePath, number>, sets: readonly Iterable<NodePath>[]): number {
  let first = Infinity;
  for (const set of sets) for (const path of set) first = Math.min(first, position.get(path) ?? 0);
  return first;
}
