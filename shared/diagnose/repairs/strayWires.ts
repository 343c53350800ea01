import { compareDims, type Dim } from '../../graph/dim';
import type { PortRef } from '../../graph/graph';
import type { Shape } from '../../graph/tensor';
import type { FlatEdge, NodePath } from '../../infer/analysis';
import { findLayer } from '../../layers/index';
import { draftOf } from './draft';
import { layerAt, nameAt, type Plan, type Site } from './plan';
import { wiresNear } from './region';
import { areInOneGraph } from './sizes';

/** Wires that are tried, and layers from which each may have come; more are rarely what was meant. */
const WIRES = 28;
const SOURCES = 6;
/** Layers between a wire's beginning and where it may have begun instead. */
const STEPS = 8;

/**
 * A wire inside a path, or above a layer that cannot work on what arrives, that was led from the wrong layer. It leaves the right one
 * unread, where that one fed nothing else: such an open end is the likeliest place for the wire to begin. Else, on a path, it may have
 * skipped some layers, or some too few.
 */
export function strayWires(site: Site): readonly Plan[] {
  const { mismatch, severity, code } = site.problem;
  if (!mismatch && (severity !== 'error' || !code.startsWith('shape/'))) return [];
  const open = openEnds(site);
  if (!mismatch && open.length === 0) return [];
  return wiresNear(site, 8)
    .slice(0, WIRES)
    .flatMap((wire, index) => {
      const old = shapeAt(site, wire.from);
      const below = belowOf(site, wire.to.node);
      const read = new Set((site.analysis.flat.incoming.get(wire.to.node) ?? []).map(({ from }) => `${from.node} ${from.port}`));
      const fits = ({ node, port }: PortRef) => !below.has(node) && !read.has(`${node} ${port}`) && areInOneGraph(wire.to.node, node);
      const unread = open.filter(fits).map((from) => planOf(site, wire, from, 0.6 + index / 40, true));
      const others = (mismatch ? near(site, wire) : [])
        .filter((from) => fits(from) && !open.some(({ node }) => node === from.node) && differsThere(site, old, shapeAt(site, from)))
        .slice(0, SOURCES)
        .map((from, place) => planOf(site, wire, from, 6.5 + index / 20 + place / 10, false));
      return [...unread, ...others].flatMap((plan) => plan ?? []);
    });
}

function planOf(site: Site, wire: FlatEdge, from: PortRef, unfit: number, isOpen: boolean): Plan | undefined {
  const draft = draftOf(site.document);
  const source = layerAt(site, from.node);
  if (!source || !draft.rewire(wire.to.node, wire.to.port, { node: source.source.id, port: from.port })) return undefined;
  return {
    id: `stray:${wire.to.node}:${wire.to.port}:${from.node}:${from.port}`,
    title: `Wire ${source.name}${isOpen ? ', which nothing reads,' : ''} to ${nameAt(site, wire.to.node)} instead of ${nameAt(site, wire.from.node)}`,
    edits: draft.edits(),
    places: [{ into: wire.to.node, port: wire.to.port }],
    unfit,
  };
}

/** Outputs of layers that have inputs and that nothing reads. */
function openEnds({ analysis, problem }: Site): readonly PortRef[] {
  return [...analysis.flat.nodes.values()].flatMap(({ path, type }) => {
    const layer = findLayer(type);
    const isEnd = path !== problem.node && (layer?.inputs.length ?? 0) > 0 && (analysis.flat.outgoing.get(path) ?? []).length === 0;
    return isEnd ? (layer?.outputs ?? []).slice(0, 1).map(({ name }) => ({ node: path, port: name })) : [];
  });
}

/** Outputs at most some layers below or above the beginning of a wire, the nearest first, by turns. */
function near(site: Site, wire: FlatEdge): readonly PortRef[] {
  const { flat } = site.analysis;
  const down = walk(wire.from.node, (path) => (flat.outgoing.get(path) ?? []).map(({ to }) => to.node));
  const up = walk(wire.from.node, (path) => (flat.incoming.get(path) ?? []).map(({ from }) => from.node));
  const both = Array.from({ length: Math.max(down.length, up.length) }, (_, index) => [down[index], up[index]]).flat();
  return both.flatMap((path) =>
    path === undefined ? [] : (findLayer(flat.nodes.get(path)?.type ?? '')?.outputs ?? []).map(({ name }) => ({ node: path, port: name })),
  );
}

function walk(start: NodePath, next: (path: NodePath) => readonly NodePath[]): NodePath[] {
  const seen = new Set([start]);
  let front: readonly NodePath[] = [start];
  for (let step = 0; step < STEPS; step += 1) {
    front = front.flatMap(next).filter((path) => !seen.has(path) && seen.add(path));
  }
  seen.delete(start);
  return [...seen];
}

function belowOf({ analysis }: Site, start: NodePath): ReadonlySet<NodePath> {
  const seen = new Set([start]);
  for (const path of seen) for (const { to } of analysis.flat.outgoing.get(path) ?? []) seen.add(to.node);
  return seen;
}

/** Whether two shapes differ along an axis in which the inputs of the mismatch do. */
function differsThere({ problem }: Site, a: Shape | undefined, b: Shape | undefined): boolean {
  if (!a || !b || a.length !== b.length) return true;
  const axes = problem.mismatch?.differing ?? [];
  return axes.length === 0 || axes.some((axis) => compareDims(a[axis] as Dim, b[axis] as Dim) !== 'equal');
}

function shapeAt({ analysis }: Site, { node, port }: PortRef) {
  return analysis.nodes.get(node)?.outputs[port]?.shape;
}
